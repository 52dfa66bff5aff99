import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { looksRight, phone, signIn, watch } from './helpers';

/** What browsers do alone, or with services that tests have not got: permission and subscription. */
type Stub = {
  permission: NotificationPermission;
  answer?: NotificationPermission;
  missing?: boolean;
  open?: boolean;
};

async function stub(page: Page, how: Stub) {
  await page.addInitScript((how) => {
    if (how.open) Object.defineProperty(window, 'isSecureContext', { value: false });
    if (how.missing) {
      Reflect.deleteProperty(window, 'PushManager');
      return;
    }
    let permission = how.permission;
    Object.defineProperty(Notification, 'permission', { get: () => permission });
    Notification.requestPermission = async () => {
      permission = how.answer ?? permission;
      return permission;
    };
    const keys = {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    };
    type Kept = { endpoint: string; key: number[] };
    const read = () => JSON.parse(sessionStorage.getItem('stub') ?? 'null') as Kept | null;
    const made = (kept: Kept) => ({
      endpoint: kept.endpoint,
      options: { applicationServerKey: new Uint8Array(kept.key).buffer },
      toJSON: () => ({ endpoint: kept.endpoint, keys }),
      unsubscribe: async () => {
        sessionStorage.removeItem('stub');
        return true;
      },
    });
    const manager = PushManager.prototype as unknown as Record<string, unknown>;
    manager.getSubscription = async () => {
      const kept = read();
      return kept && made(kept);
    };
    manager.subscribe = async (o: { applicationServerKey: Uint8Array }) => {
      const endpoint = `https://push.example/${crypto.randomUUID()}`;
      const kept = { endpoint, key: [...o.applicationServerKey] };
      sessionStorage.setItem('stub', JSON.stringify(kept));
      return made(kept);
    };
  }, how);
}

const reach = '/settings?tab=reach';
const theSwitch = (page: Page) => page.getByRole('switch', { name: 'Tell me on this device' });

for (const [name, how, words] of [
  [
    'a browser that cannot',
    { permission: 'default', missing: true },
    'This browser cannot show notifications.',
  ],
  ['a browser that may not', { permission: 'denied' }, 'This browser blocks notifications from here.'],
  ['an address without encryption', { permission: 'default', open: true }, 'addresses that begin with https'],
] as [string, Stub, string][]) {
  test(`${name} says so in place of a switch`, async ({ page }) => {
    const done = watch(page);
    await stub(page, how);
    await signIn(page, 'liam');
    await page.goto(reach);
    await expect(page.getByText(words)).toBeVisible();
    await expect(theSwitch(page)).toHaveCount(0);
    await looksRight(page);
    done();
  });
}

test('somebody says no, and the page says where to change it', async ({ page }) => {
  await stub(page, { permission: 'default', answer: 'denied' });
  await signIn(page, 'liam');
  await page.goto(reach);
  await expect(page.getByText('Your browser will ask whether it may show it.')).toBeVisible();
  await theSwitch(page).focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('This browser blocks notifications from here.')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('somebody turns push on, tries it, names the device, and turns it off', async ({ page }) => {
      const done = watch(page);
      await stub(page, { permission: 'default', answer: 'granted' });
      await signIn(page, 'kofi');
      await page.goto(reach);
      await expect(theSwitch(page)).not.toBeChecked();
      await theSwitch(page).focus();
      await page.keyboard.press('Space');
      await expect(theSwitch(page)).toBeChecked();
      const row = page.getByRole('list', { name: 'Devices' }).getByRole('listitem');
      await expect(row).toContainText('Chrome on Linux');
      await expect(row).toContainText('this one');
      await expect(row).toContainText('not told yet');
      await looksRight(page);

      // The service of this device is nowhere: its owner is told so, here and from then on.
      await row.getByRole('button', { name: 'Send a test' }).click();
      await expect(row).toContainText('The push service of this device could not be reached.');

      await row.getByRole('button', { name: 'Rename' }).click();
      await page.getByLabel('Name of the device').fill('The desk by the window');
      await page.keyboard.press('Enter');
      await expect(row).toContainText('The desk by the window');
      await looksRight(page);
      await page.setViewportSize(phone);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);

      await theSwitch(page).click();
      await expect(theSwitch(page)).not.toBeChecked();
      await expect(row).toHaveCount(0);
      done();
    });
  });
}

test('who signs in anew is told as before; what was removed elsewhere stays off', async ({ page }) => {
  await stub(page, { permission: 'granted' });
  await signIn(page, 'liam');
  await page.goto(reach);
  await theSwitch(page).click();
  await expect(theSwitch(page)).toBeChecked();
  const devices = async () => (await (await page.request.get('/api/v1/me/devices')).json()).items;
  const [before] = await devices();
  expect(before.here).toBe(true);
  await signIn(page, 'liam');
  expect((await devices())[0].here).toBe(false);
  await page.reload();
  await expect.poll(async () => (await devices())[0].here).toBe(true);
  expect((await devices()).map((d: { id: string }) => d.id)).toEqual([before.id]);

  await page.request.delete(`/api/v1/me/devices/${before.id}`);
  const asked = page.waitForResponse('**/api/v1/me/devices');
  await page.goto('/inbox');
  await asked;
  await page.goto(reach);
  await expect(theSwitch(page)).not.toBeChecked();
  expect(await devices()).toEqual([]);
});

/** Waits until the worker of our origin runs. */
async function working(page: Page) {
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
}

test('without a connection the page says so, and goes on once there is one', async ({ page, context }) => {
  await signIn(page, 'ana');
  await page.goto('/inbox');
  await working(page);
  await context.setOffline(true);
  await page.goto('/threads');
  await expect(page.getByRole('heading', { name: 'Meantime cannot be reached.' })).toBeVisible();
  await looksRight(page);
  await context.setOffline(false);
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Threads', level: 1 })).toBeVisible();
});

test('it can be installed', async ({ page, request }) => {
  await page.goto('/sign-in');
  const href = (await page.locator('link[rel=manifest]').getAttribute('href')) ?? '';
  const answer = await request.get(href);
  expect(answer.headers()['content-type']).toContain('application/manifest+json');
  const manifest = await answer.json();
  expect(manifest).toMatchObject({ start_url: '/inbox', display: 'standalone', scope: '/' });
  for (const icon of manifest.icons) {
    const got = await request.get(icon.src);
    expect(got.headers()['content-type']).toContain(icon.type);
  }
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter((e) => e.errorId !== 'in-incognito')).toEqual([]);
});

type Scope = ServiceWorkerGlobalScope & { notesShown?: number };

/**
 * Does something that shows one note, and waits until it is there. Asked for its notes while it is
 * about to show one, chromium takes that one back: so nobody may ask before.
 */
async function oneNote(context: BrowserContext, act: () => Promise<unknown>) {
  const [worker] = context.serviceWorkers();
  if (!worker) throw new Error('no worker runs');
  const count = () =>
    worker.evaluate(() => {
      const scope = self as unknown as Scope;
      const { registration } = scope;
      if (scope.notesShown === undefined) {
        scope.notesShown = 0;
        const show = registration.showNotification.bind(registration);
        registration.showNotification = async (...note) => {
          await show(...note);
          scope.notesShown = (scope.notesShown ?? 0) + 1;
        };
      }
      return scope.notesShown;
    });
  const before = await count();
  await act();
  await expect.poll(count).toBe(before + 1);
}

/** Plays the push service: what it would hand to the browser. */
async function deliver(page: Page, context: BrowserContext, data: string) {
  const session = await context.newCDPSession(page);
  const id = new Promise<string>((found) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [one] = registrations;
      if (one) found(one.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const origin = new URL(page.url()).origin;
  const registrationId = await id;
  await oneNote(context, () =>
    session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data }),
  );
}

test('what is pushed is shown once, and a press leads there in the open page', async ({ page, context }) => {
  await context.grantPermissions(['notifications']);
  await signIn(page, 'ana');
  await page.goto('/inbox');
  await working(page);
  const note = {
    title: 'Pricing page',
    body: 'Mei asks you to review',
    url: '/people',
    tag: 'dig_1',
    urgent: false,
  };
  await deliver(page, context, JSON.stringify(note));
  await deliver(page, context, JSON.stringify(note));
  await deliver(page, context, 'noise');
  const shown = () =>
    page.evaluate(async () =>
      (await (await navigator.serviceWorker.ready).getNotifications())
        .map((n) => [n.title, n.body, n.tag])
        .sort(),
    );
  await expect.poll(shown).toEqual([
    ['Meantime', 'Something new is in your inbox.', ''],
    ['Pricing page', 'Mei asks you to review', 'dig_1'],
  ]);
  const [worker] = context.serviceWorkers();
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  await worker?.evaluate(async () => {
    const scope = self as unknown as ServiceWorkerGlobalScope;
    const [notification] = await scope.registration.getNotifications({ tag: 'dig_1' });
    if (notification) scope.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  });
  await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible();
  expect(await page.evaluate(() => 'stillHere' in window)).toBe(true);
});

test('a button of a note asks once more, does it without a page, and says what came of it', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['notifications']);
  await signIn(page, 'ana');
  await page.goto('/inbox');
  await working(page);
  const { items } = await (await page.request.get('/api/v1/outbox')).json();
  const links: string[] = items.flatMap((m: { text: string }) =>
    [...m.text.matchAll(/Say by when: \S+?(\/api\/v1\/mail\/do\/\S+)/g)].map((found) => found[1] ?? ''),
  );
  let link = '';
  for (const one of links) {
    if ((await (await page.request.get(one)).text()).includes('<form')) {
      link = one;
      break;
    }
  }
  expect(link).not.toBe('');
  const acts = [{ label: 'Acknowledge', says: 'The asker will see it.', url: link }];
  await deliver(
    page,
    context,
    JSON.stringify({ title: 'Pricing page', body: 'b', url: '/people', tag: 'dig_2', acts }),
  );
  const [worker] = context.serviceWorkers();
  const press = (action: string) =>
    oneNote(context, async () =>
      worker?.evaluate(async (action) => {
        const scope = self as unknown as ServiceWorkerGlobalScope;
        const [notification] = await scope.registration.getNotifications({ tag: 'dig_2' });
        if (notification)
          scope.dispatchEvent(new NotificationEvent('notificationclick', { notification, action }));
      }, action),
    );
  const shown = () =>
    page.evaluate(async () =>
      (await (await navigator.serviceWorker.ready).getNotifications({ tag: 'dig_2' })).map((n) => [
        n.title,
        n.body,
        ...((n as Notification & { actions?: { title: string }[] }).actions ?? []).map((a) => a.title),
      ]),
    );
  await expect.poll(shown).toEqual([['Pricing page', 'b', 'Acknowledge']]);
  await press('0');
  const question = ['Acknowledge?', 'Pricing page\nThe asker will see it.', 'Acknowledge', 'Not now'];
  await expect.poll(shown).toEqual([question]);
  await press('not');
  await expect.poll(shown).toEqual([['Pricing page', 'b', 'Acknowledge']]);
  await press('0');
  await expect.poll(shown).toEqual([question]);
  await press('do');
  await expect.poll(shown).toEqual([['Done.', 'Pricing page\nYou have acknowledged it.']]);
  expect(new URL(page.url()).pathname).toBe('/inbox');

  const spoilt = [{ label: 'Acknowledge', says: '', url: `${link.slice(0, -1)}0` }];
  await deliver(
    page,
    context,
    JSON.stringify({ title: 'Pricing page', body: 'b', url: '/people', tag: 'dig_2', acts: spoilt }),
  );
  await expect.poll(shown).toEqual([['Pricing page', 'b', 'Acknowledge']]);
  await press('0');
  await expect.poll(async () => (await shown())[0]?.[0]).toBe('Acknowledge?');
  await press('do');
  await expect
    .poll(async () => (await shown())[0]?.slice(0, 2))
    .toEqual([
      'That did not work.',
      'Pricing page\nThis link is not known here. Perhaps a part of it is missing.',
    ]);
});
