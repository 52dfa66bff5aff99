/** Answers older than this are no longer the present. */
const fresh = 5_000;

/**
 * The answer that was asked for while the page was loading (app/early.ts), given away once.
 * Nothing when there is none, when it was refused, or when it has become old.
 */
export async function takeEarly(url: string): Promise<Response | undefined> {
  const early = typeof window === 'undefined' ? undefined : window.early;
  const answer = early?.get(url);
  if (!answer) return undefined;
  early?.delete(url);
  if (performance.now() > fresh) return undefined;
  const given = await answer.catch(() => undefined);
  return given?.ok ? given : undefined;
}
