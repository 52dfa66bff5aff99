/** A stretch of a mail's text: words, or an address. */
export type Piece = { text: string; path?: string; href?: string };

/**
 * Cuts a mail's text at its addresses. What points to pages of this server is a path,
 * so that it opens without loading everything again.
 */
export function piecesOf(text: string, origin: string): Piece[] {
  return text.split(/(https?:\/\/[^\s<>"]+)/).flatMap((part, i): Piece[] => {
    if (part === '') return [];
    if (i % 2 === 0 || !URL.canParse(part)) return [{ text: part }];
    const url = new URL(part);
    const page = url.origin === origin && !url.pathname.startsWith('/api/');
    return [page ? { text: part, path: url.pathname + url.search + url.hash } : { text: part, href: part }];
  });
}

/** The mail's HTML with its links made still: inside its frame they have nowhere to go. */
export const stillHtml = (html: string) =>
  html.includes('<head>') ? html.replace('<head>', '<head><base target="_blank">') : html;
