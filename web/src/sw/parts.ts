/** What the worker decides, apart from what it does, so that it can be tried by itself. */

/** What is kept for when there is no connection. */
export const shellFiles = ['/offline.html'];

/** A button of a note: where it leads, what it will do, and whether it wants words first. */
export type Act = { label: string; says: string; url: string; words: boolean };

/** What the server sends. */
export type Note = {
  title: string;
  body: string;
  url: string;
  tag?: string;
  urgent: boolean;
  acts: Act[];
};

/** What a notification remembers: the note, and the button that is being asked about. */
export type Kept = { note: Note; asked?: number };

/** Reads what was pushed. Whatever it is, something has to be shown: browsers take the right away otherwise. */
export function noteOf(text: string | undefined): Note {
  let got: Record<string, unknown> = {};
  try {
    const read: unknown = JSON.parse(text ?? '');
    if (read && typeof read === 'object') got = read as Record<string, unknown>;
  } catch {
    // shown as something new, without words of its own
  }
  const word = (x: unknown) => (typeof x === 'string' ? x : '');
  return {
    title: word(got.title) || 'Meantime',
    body: word(got.body) || (word(got.title) ? '' : 'Something new is in your inbox.'),
    url: word(got.url) || '/inbox',
    tag: word(got.tag) || undefined,
    urgent: got.urgent === true,
    acts: actsOf(got.acts),
  };
}

/** Buttons that make no sense are left out: the note itself can still be pressed. */
function actsOf(list: unknown): Act[] {
  if (!Array.isArray(list)) return [];
  return list
    .filter((a): a is Act => typeof a?.label === 'string' && typeof a.url === 'string')
    .filter((a) => a.url.startsWith('/api/v1/mail/do/'))
    .map((a) => ({
      label: a.label,
      says: typeof a.says === 'string' ? a.says : '',
      url: a.url,
      words: a.words === true,
    }))
    .slice(0, 2);
}

/** What a notification remembers; one that an older worker showed knows its place alone. */
export function keptOf(data: unknown): Kept {
  const kept = data as Kept | undefined;
  return kept?.note ? kept : { note: noteOf(JSON.stringify({ url: data })) };
}

/**
 * Whether what a press leads to is another note of the same tag, which takes the place of the one pressed.
 * Closing that one as well may take away the new one, where the browser hears of it later.
 */
export function replaced(note: Note, action: string): boolean {
  if (!note.tag) return false;
  const act = note.acts[Number(action || -1)];
  return action === 'not' || action === 'do' || (act !== undefined && !act.words);
}

type Options = NotificationOptions & {
  actions?: { action: string; title: string }[];
  renotify?: boolean; // told again, although it takes the place of another
};

const look = { icon: '/icon-192.png', badge: '/badge.png' };

/** How a note is shown. */
export function shown(note: Note): [string, Options] {
  const actions = note.acts.map((a, i) => ({ action: String(i), title: a.label }));
  const data: Kept = { note };
  return [
    note.title,
    { ...look, body: note.body, tag: note.tag, data, requireInteraction: note.urgent, actions },
  ];
}

/** How it asks once more before something is done that a thumb may not have meant. */
export function sure(note: Note, asked: number): [string, Options] {
  const act = note.acts[asked];
  const data: Kept = { note, asked };
  return [
    `${act?.label}?`,
    {
      ...look,
      body: [note.title, act?.says].filter(Boolean).join('\n'),
      tag: note.tag,
      renotify: note.tag !== undefined,
      data,
      requireInteraction: true,
      actions: [
        { action: 'do', title: act?.label ?? '' },
        { action: 'not', title: 'Not now' },
      ],
    },
  ];
}

/** How it says what came of it. A press leads to the thing itself. */
export function outcome(note: Note, done: boolean, words: string): [string, Options] {
  const data: Kept = { note: { ...note, acts: [] } };
  return [
    done ? 'Done.' : 'That did not work.',
    { ...look, body: [note.title, words].filter(Boolean).join('\n'), tag: note.tag, data },
  ];
}

/** Said when nobody knows whether the press arrived. */
export const unheard = 'There is no connection. Press here to see how it stands.';

/** The place on our own origin that an address leads to; the inbox for any other. */
export function placeOf(url: unknown, origin: string): string {
  try {
    const at = new URL(String(url), origin);
    if (typeof url === 'string' && at.origin === origin) return at.pathname + at.search + at.hash;
  } catch {
    // no address at all
  }
  return '/inbox';
}

/** A subscription as the server takes it. */
export function subscriptionBody(s: PushSubscriptionJSON, name: string, replaces?: string) {
  return {
    name,
    endpoint: s.endpoint ?? '',
    p256dh: s.keys?.p256dh ?? '',
    auth: s.keys?.auth ?? '',
    ...(replaces ? { replaces } : {}),
  };
}
