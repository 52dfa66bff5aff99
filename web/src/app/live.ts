import type { Change } from '~/api/types';

export type LiveState = 'live' | 'lost';
type Heard =
  | { on: 'change'; change: Change }
  | { on: 'hello'; seq: number; now: string }
  | { on: 'state'; state: LiveState };
export type Ear = {
  change: (c: Change) => void;
  hello: (now: string, missed: boolean) => void;
  state: (s: LiveState) => void;
};

/**
 * Listens to the server's stream. Of all tabs of one person a single one holds the
 * connection and tells the others; when it closes, the next takes over.
 */
export function listen(person: string, ear: Ear): () => void {
  const name = `meantime live ${person}`;
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  const stop = new AbortController();
  let last = 0;
  const hear = (heard: Heard) => {
    if (heard.on === 'state') ear.state(heard.state);
    if (heard.on === 'change') {
      last = Math.max(last, heard.change.seq);
      ear.change(heard.change);
    }
    if (heard.on === 'hello') {
      // The server has moved on while nobody listened: whatever is shown may be old.
      ear.hello(heard.now, last > 0 && heard.seq > last);
      last = Math.max(last, heard.seq);
      ear.state('live');
    }
  };
  if (channel) channel.onmessage = (e: MessageEvent<Heard>) => hear(e.data);
  const lead = () =>
    follow(stop.signal, (heard) => {
      if (stop.signal.aborted) return;
      hear(heard);
      channel?.postMessage(heard);
    });
  // Locks need a secure page; without them each tab listens for itself.
  if (channel && navigator.locks) {
    void navigator.locks.request(name, { signal: stop.signal }, lead).catch(() => undefined);
  } else {
    void lead();
  }
  return () => {
    stop.abort();
    channel?.close();
  };
}

/** Holds one connection until it is told to stop; comes back by itself, later each time. */
function follow(signal: AbortSignal, tell: (heard: Heard) => void): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout>;
    let wait = 1000;
    const open = () => {
      source = new EventSource('/api/v1/stream');
      source.addEventListener('hello', (e) => {
        wait = 1000;
        tell({ on: 'hello', ...JSON.parse((e as MessageEvent<string>).data) });
      });
      source.addEventListener('change', (e) => {
        tell({ on: 'change', change: JSON.parse((e as MessageEvent<string>).data) });
      });
      source.onerror = () => {
        tell({ on: 'state', state: 'lost' });
        if (source?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
        timer = setTimeout(open, wait);
        wait = Math.min(wait * 2, 30_000);
      };
    };
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      source?.close();
      done();
    });
    open();
  });
}
