import { devices } from '~/api';
import type { Device, Id } from '~/api/types';

/** How push stands in this browser: whether it could be, may be, and is. */
export type PushState = 'unsupported' | 'insecure' | 'home' | 'denied' | 'off' | 'on';

/** Where a browser keeps for whom push was turned on here, since several may sign in. */
const shelf = (person: Id) => `meantime push ${person}`;

const remembered = (person: Id) => {
  try {
    return localStorage.getItem(shelf(person));
  } catch {
    return null;
  }
};

function remember(person: Id, endpoint: string | null) {
  try {
    if (endpoint) localStorage.setItem(shelf(person), endpoint);
    else localStorage.removeItem(shelf(person));
  } catch {
    // a browser that keeps nothing asks again next time
  }
}

/** Starts what the browser runs for us; the same once more changes nothing. */
export const startWorker = () => navigator.serviceWorker.register('/sw.js');

/** Looks how push stands here, given the devices of the reader that the server knows. */
export async function pushState(known: Device[]): Promise<PushState> {
  if (!window.isSecureContext) return 'insecure';
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) {
    return /iPhone|iPad/.test(navigator.userAgent) ? 'home' : 'unsupported';
  }
  if (Notification.permission === 'denied') return 'denied';
  const mine = await fingerprintHere();
  const told = Notification.permission === 'granted' && mine && known.some((d) => d.fingerprint === mine);
  return told ? 'on' : 'off';
}

/** By what the server knows this browser; nothing while it is not subscribed. */
export async function fingerprintHere(): Promise<string | undefined> {
  if (!('serviceWorker' in navigator) || !crypto.subtle) return undefined;
  const worker = await navigator.serviceWorker.getRegistration('/');
  const have = await worker?.pushManager?.getSubscription();
  return have ? fingerprintOf(have.endpoint) : undefined;
}

/** SHA-256 in hex, as the server names an endpoint. */
export async function fingerprintOf(endpoint: string): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint));
  return Array.from(new Uint8Array(sum), (b) => b.toString(16).padStart(2, '0')).join('');
}

/** Asks the reader's browser, subscribes, and tells the server. Fails with 'denied' when the reader says no. */
export async function turnOn(person: Id, name: string): Promise<Device> {
  if ((await Notification.requestPermission()) !== 'granted') throw new Error('denied');
  return subscribed(person, name);
}

async function subscribed(person: Id, name: string): Promise<Device> {
  const [{ key }] = await Promise.all([devices.key(), startWorker()]);
  const worker = await navigator.serviceWorker.ready;
  let have = await worker.pushManager.getSubscription();
  if (have && !sameKey(have.options.applicationServerKey, key)) {
    await have.unsubscribe(); // made for another server, or before its keys were lost
    have = null;
  }
  const before = remembered(person) ?? undefined;
  have ??= await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
  const replaces = before !== have.endpoint ? before : undefined;
  const device = await devices.add({ name, ...keysOf(have), replaces });
  remember(person, have.endpoint);
  return device;
}

/** Stops telling this browser, for this person; others who use it here go on. */
export async function turnOff(person: Id, device?: Id): Promise<void> {
  if (device) await devices.remove(device);
  remember(person, null);
  if (Object.keys(localStorage).some((k) => k.startsWith(shelf('')))) return;
  const worker = await navigator.serviceWorker.getRegistration('/');
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
}

/**
 * Keeps what the reader turned on: after they signed in anew, or when the browser or the
 * server changed its side. What was turned off elsewhere stays off.
 */
export async function keep(person: Id, name: string): Promise<void> {
  if (!('serviceWorker' in navigator) || !window.isSecureContext) return;
  await startWorker();
  const before = remembered(person);
  if (!before || !('Notification' in window) || Notification.permission !== 'granted') return;
  const [known, mine, old] = await Promise.all([devices.list(), fingerprintHere(), fingerprintOf(before)]);
  const ours = known.items.find((d) => d.fingerprint === mine || d.fingerprint === old);
  if (!ours) remember(person, null);
  else if (!ours.here || ours.fingerprint !== mine || mine !== old) await subscribed(person, name);
}

/** What the server needs to write to a browser, as src/sw/parts.ts says it too: the worker shares no file. */
function keysOf(s: PushSubscription) {
  const { endpoint, keys } = s.toJSON();
  return { endpoint: endpoint ?? '', p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' };
}

function sameKey(have: ArrayBuffer | null, key: string): boolean {
  if (!have) return false;
  const [a, b] = [new Uint8Array(have), bytesOf(key)];
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

/** Bytes of base64url. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}
