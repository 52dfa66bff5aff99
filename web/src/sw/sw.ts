/// <reference lib="webworker" />
/**
 * What the browser runs for us while no page is open: it shows what the server pushes, opens
 * what was pressed, and says plainly when there is no connection. It keeps no data.
 */
import {
  keptOf,
  type Note,
  noteOf,
  outcome,
  placeOf,
  replaced,
  shellFiles,
  shown,
  subscriptionBody,
  sure,
  unheard,
} from './parts';

declare const self: ServiceWorkerGlobalScope;

/** Set anew at each build in which one of the files kept differs. */
const shelf = 'meantime shell __SHELL__';

self.addEventListener('install', (e) => {
  const fresh = shellFiles.map((file) => new Request(file, { cache: 'reload' }));
  e.waitUntil(
    caches
      .open(shelf)
      .then((c) => c.addAll(fresh))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (e) => {
  e.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== shelf) await caches.delete(name);
      // The page is asked for while this script still wakes up.
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
    })(),
  );
});

/** Only pages are looked after: everything else goes to the server as if this were not here. */
self.addEventListener('fetch', (e) => {
  if (e.request.mode !== 'navigate' || new URL(e.request.url).pathname.startsWith('/api/')) return;
  e.respondWith(page(e));
});

async function page(e: FetchEvent): Promise<Response> {
  try {
    return ((await e.preloadResponse) as Response | undefined) ?? (await fetch(e.request));
  } catch {
    return (await caches.match('/offline.html')) ?? Response.error();
  }
}

self.addEventListener('push', (e) => {
  e.waitUntil(self.registration.showNotification(...shown(noteOf(e.data?.text()))));
});

self.addEventListener('notificationclick', (e) => {
  const { note, asked } = keptOf(e.notification.data);
  if (!replaced(note, e.action)) e.notification.close();
  e.waitUntil(pressed(note, asked, e.action));
});

/** What a press on a note or on one of its buttons does. */
async function pressed(note: Note, asked: number | undefined, action: string): Promise<void> {
  if (action === 'not') return self.registration.showNotification(...shown(note));
  if (action === 'do') return done(note, asked ?? 0);
  const act = note.acts[Number(action || -1)];
  if (!act) return open(placeOf(note.url, self.location.origin));
  if (act.words) return void (await self.clients.openWindow(act.url));
  return self.registration.showNotification(...sure(note, Number(action)));
}

/** Does what a button is for, by its link, and says what came of it. */
async function done(note: Note, asked: number): Promise<void> {
  let ok = false;
  let words = unheard;
  try {
    const r = await fetch(note.acts[asked]?.url ?? '', {
      method: 'POST',
      credentials: 'omit',
      headers: { Accept: 'application/json' },
    });
    const said = (await r.json()) as { said?: string; detail?: string };
    ok = r.ok;
    words = (r.ok ? said.said : said.detail) ?? '';
  } catch {
    // said as it stands
  }
  await self.registration.showNotification(...outcome(note, ok, words));
}

/** Goes there in a page that is open, without losing what is typed in it, or opens one. */
async function open(path: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' });
  const client = pages.find((page) => page.focused) ?? pages[0];
  if (!client) {
    await self.clients.openWindow(path);
    return;
  }
  await client.focus().catch(() => client);
  if (!(await told(client, path))) await client.navigate(path).catch(() => self.clients.openWindow(path));
}

/** Whether the page took it upon itself to go there. */
function told(client: WindowClient, path: string): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = () => done(true);
    setTimeout(() => done(false), 700);
    client.postMessage({ open: path }, [port2]);
  });
}

/** The browser changed its subscription by itself: the server hears of it at once. */
self.addEventListener('pushsubscriptionchange', (event) => {
  const e = event as Event & {
    oldSubscription?: PushSubscription;
    newSubscription?: PushSubscription;
  } & ExtendableEvent;
  e.waitUntil(
    (async () => {
      const old = e.oldSubscription;
      const key = old?.options.applicationServerKey;
      const fresh =
        e.newSubscription ??
        (key &&
          (await self.registration.pushManager.subscribe({
            userVisibleOnly: true,
            applicationServerKey: key,
          })));
      if (!fresh) return;
      await fetch('/api/v1/me/devices', {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(subscriptionBody(fresh.toJSON(), 'This browser', old?.endpoint)),
      });
    })(),
  );
});
