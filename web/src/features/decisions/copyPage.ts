import { t } from '@lingui/core/macro';
import { ApiProblem } from '~/api';
import { base } from '~/api/client';
import { toast, toastError } from '~/kit';

async function pageOf(id: string): Promise<string> {
  const answer = await fetch(`${base}/decisions/${id}/export?format=markdown`, {
    credentials: 'same-origin',
  });
  if (answer.ok) return answer.text();
  const { code, detail } = await answer.json().catch(() => ({}));
  throw new ApiProblem(
    answer.status,
    code ?? 'internal',
    detail ?? t`Something went wrong on our side. Please try again.`,
  );
}

/**
 * Puts a decision as Markdown into the clipboard; where that is not allowed, saves it as a
 * file. The clipboard is asked at once, since some browsers allow it only while a press lasts.
 */
export function copyPage(id: string) {
  const page = pageOf(id);
  const blob = page.then((text) => new Blob([text], { type: 'text/plain' }));
  const copied =
    typeof ClipboardItem === 'undefined'
      ? page.then((text) => navigator.clipboard.writeText(text))
      : Promise.resolve().then(() => navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]));
  copied.then(
    () => toast(t`Copied as Markdown: question, outcome, reasons and counts.`),
    () =>
      page.then(
        () => location.assign(`${base}/decisions/${id}/export?format=markdown`),
        (error) => toastError(error),
      ),
  );
}
