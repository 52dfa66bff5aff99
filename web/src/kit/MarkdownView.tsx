import { useRouter } from '@tanstack/react-router';
import type { MouseEvent } from 'react';

/**
 * Text that people wrote, as the server rendered it: the server has sanitised it, and the
 * page's policy forbids scripts. Links into the product stay in the product.
 */
export function MarkdownView({ html, className = '' }: { html: string; className?: string }) {
  const router = useRouter();
  const follow = (event: MouseEvent<HTMLDivElement>) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    const link = (event.target as HTMLElement).closest('a');
    if (!link || link.origin !== location.origin || link.target || link.pathname.startsWith('/api/')) return;
    event.preventDefault();
    router.history.push(link.pathname + link.search + link.hash);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the links inside are the controls; Enter on them is a click
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      className={`prose ${className}`}
      dir="auto"
      onClick={follow}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the one place for the server's sanitised HTML
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

/** A search excerpt: plain text in which only <mark> is a tag. */
export function Marked({ html }: { html: string }) {
  const parts = html.split(/(<mark>.*?<\/mark>)/s);
  return (
    <>
      {parts.map((part, i) =>
        part.startsWith('<mark>') ? <mark key={i}>{plain(part.slice(6, -7))}</mark> : plain(part),
      )}
    </>
  );
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
};
const plain = (text: string) =>
  text.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|#34|#39);/g, (e) => entities[e] ?? e);
