import { t } from '@lingui/core/macro';
import { Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { now } from '~/api/clock';
import { useMe } from '~/api/queries';
import { type KeyMap, undoLast, useKeys } from '~/kit';
import { useScheme } from '~/kit/schemes';
import { useClosed } from './closed';
import { placesFor } from './places';
import { Rail } from './Rail';
import { useDevice } from './useDevice';
import { useLive } from './useLive';
import { loadWords } from './words';

const Palette = lazy(() => import('./Palette').then((m) => ({ default: m.Palette })));
const Closed = lazy(() => import('./Closed').then((m) => ({ default: m.Closed })));
const Help = lazy(() => import('./Help').then((m) => ({ default: m.Help })));
const TimeMachine = lazy(async () => {
  const [m] = await Promise.all([import('~/features/demo/TimeMachine'), loadWords('demo')]);
  return { default: m.TimeMachine };
});

const Banner = lazy(async () => {
  const [m] = await Promise.all([import('~/features/duty/Banner'), loadWords('duty')]);
  return { default: m.Banner };
});

const Evening = lazy(async () => {
  const [m] = await Promise.all([import('~/features/batons/Evening'), loadWords('batons')]);
  return { default: m.EveningBanner };
});

/** Whether the reader's day ends within the hour. */
const endsSoon = (end: string | null) => {
  const left = end ? Date.parse(end) - now() : 0;
  return left > 0 && left <= 3_600_000;
};

/** Navigation beside the page, and what works on every page: palette, keys, live updates. */
export function Shell() {
  const me = useMe();
  const state = useLive(me.person.id);
  useDevice(me.person.id);
  const [menu, { toggle, close }] = useDisclosure();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const path = useRouterState({ select: (s) => s.location.pathname });
  const { toggle: turn } = useScheme();
  const idle = useIdle();
  const { closed, open } = useClosed(me);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the page changes
  useEffect(close, [path]);
  useKeys({
    'mod+k': () => setPalette(true),
    '/': () => setPalette(true),
    '?': () => setHelp(true),
    'mod+j': turn,
    u: () => void undoLast(),
    ...useGoKeys(),
  });
  if (closed)
    return (
      <Suspense fallback={<main className="closed" />}>
        <Closed me={me} onOpen={open} />
      </Suspense>
    );
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t`Skip to the page`}
      </a>
      <header className="top">
        <Burger
          opened={menu}
          onClick={toggle}
          size="sm"
          aria-label={menu ? t`Close the menu` : t`Open the menu`}
          aria-expanded={menu}
        />
        <bdi className="top-name">{me.workspace.name}</bdi>
      </header>
      <nav className="rail" data-open={menu || undefined} aria-label={t`Main`}>
        <Rail openPalette={() => setPalette(true)} />
      </nav>
      <main id="content" className="shell-main" tabIndex={-1}>
        {state === 'lost' && (
          <p className="lost" role="status">
            {t`Not connected. What you see may be a little old; what you write is kept.`}
          </p>
        )}
        {me.demo && (
          <Suspense fallback={<div className="machine" />}>
            <TimeMachine />
          </Suspense>
        )}
        {idle && (
          <Suspense>
            <Banner />
          </Suspense>
        )}
        {idle && path === '/inbox' && endsSoon(me.day.end) && (
          <Suspense>
            <Evening />
          </Suspense>
        )}
        <Outlet />
      </main>
      <Suspense>
        {palette && <Palette onClose={() => setPalette(false)} onHelp={() => setHelp(true)} />}
        {help && <Help onClose={() => setHelp(false)} />}
      </Suspense>
    </div>
  );
}

/** Turns true once the page has been drawn and nothing else is to be done. */
function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(() => setIdle(true), 1000);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(() => setIdle(true), { timeout: 3000 });
    return () => cancelIdleCallback(handle);
  }, []);
  return idle;
}

/** g, then a letter: go there. */
function useGoKeys(): KeyMap {
  const navigate = useNavigate();
  const places = placesFor(useMe());
  const map: KeyMap = { c: () => void navigate({ to: '/new' }) };
  for (const place of places) map[`g ${place.key}`] = () => void navigate({ to: place.to });
  return map;
}
