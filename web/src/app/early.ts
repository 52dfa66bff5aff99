/**
 * A few lines that run before everything else is there: they ask the server for what this
 * address shows, and the browser for its files, while the rest of the program is still on
 * its way. Written into a file of its own (see build/ahead.ts), so it imports nothing.
 */
declare global {
  interface Window {
    /** Answers asked for ahead of time, each given away once. */
    early?: Map<string, Promise<Response>>;
  }
}

const path = location.pathname === '/' ? '/inbox' : location.pathname;
const [, place = '', id] = path.split('/');
const page = id ? `${place}/` : place;

const api = '/api/v1';
const asks: Record<string, string[]> = {
  inbox: [`/inbox?tab=${new URLSearchParams(location.search).get('tab') ?? 'owe'}`],
  'threads/': [
    `/threads/${id}`,
    ...(location.hash || location.search ? [] : [`/threads/${id}/posts?before=end&limit=60`]),
  ],
  threads: location.search ? [] : ['/threads'],
};

// The colours chosen here are there from the first paint on.
try {
  const colours = localStorage.getItem('mantine-color-scheme-value');
  const dark =
    colours === 'dark' || (colours !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
} catch {
  // A browser that keeps nothing has chosen nothing.
}

// Whoever is at a door has no session yet.
if (['sign-in', 'setup', 'invite'].includes(place)) document.documentElement.classList.add('door-first');
else {
  const init: RequestInit = { headers: { Accept: 'application/json' }, credentials: 'same-origin' };
  const early = new Map<string, Promise<Response>>();
  for (const ask of ['/me', ...(asks[page] ?? []), '/spaces']) {
    const answer = fetch(api + ask, init);
    answer.catch(() => undefined); // whoever takes it hears of it
    early.set(api + ask, answer);
  }
  window.early = early;
}

const files = JSON.parse(document.getElementById('ahead')?.textContent ?? '{}') as Record<string, string[]>;
for (const href of files[page] ?? []) {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
}

export {};
