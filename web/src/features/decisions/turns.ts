const last = new Map<string, Promise<unknown>>();

/**
 * Sends what is pressed about one thing one after the other: a ballot that is taken back and
 * cast anew must not be cast before it is taken back. `latest` says whether nothing was
 * pressed since: only then is the answer what is to be shown.
 */
export function inTurn<T>(thing: string, send: () => Promise<T>) {
  const answer = (last.get(thing) ?? Promise.resolve()).then(send, send);
  last.set(thing, answer);
  const latest = () => last.get(thing) === answer;
  return { answer, latest };
}
