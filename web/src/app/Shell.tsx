import { t } from '@lingui/core/macro';
import { AppShell, Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useMe } from '~/api/queries';
import { type KeyMap, undoLast, useKeys } from '~/kit';
import { useScheme } from '~/kit/schemes';
import { placesFor } from './places';
import { Rail } from './Rail';
import { useLive } from './useLive';
import { loadWords } from './words';

const Palette = lazy(() => import('./Palette').then((m) => ({ default: m.Palette })));
const Help = lazy(() => import('./Help').then((m) => ({ default: m.Help })));
const TimeMachine = lazy(async () => {
  const [m] = await Promise.all([import('~/features/demo/TimeMachine'), loadWords('demo')]);
  return { default: m.TimeMachine };
});

/** Navigation beside the page, and what works on every page: palette, keys, live updates. */
export function Shell() {
  const me = useMe();
  const state = useLive(me.person.id);
  const [menu, { toggle, close }] = useDisclosure();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const path = useRouterState({ select: (s) => s.location.pathname });
  const { toggle: turn } = useScheme();
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
  return (
    <AppShell
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !menu } }}
      header={{ height: { base: 52, sm: 0 } }}
      padding={0}
      transitionDuration={0}
    >
      <a className="skip" href="#content">
        {t`Skip to the page`}
      </a>
      <AppShell.Header hiddenFrom="sm" className="top">
        <Burger
          opened={menu}
          onClick={toggle}
          size="sm"
          aria-label={menu ? t`Close the menu` : t`Open the menu`}
          aria-expanded={menu}
        />
        <bdi className="top-name">{me.workspace.name}</bdi>
      </AppShell.Header>
      <AppShell.Navbar className="rail" data-open={menu || undefined} p="sm" aria-label={t`Main`}>
        <Rail openPalette={() => setPalette(true)} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
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
        <Outlet />
      </AppShell.Main>
      <Suspense>
        {palette && <Palette onClose={() => setPalette(false)} onHelp={() => setHelp(true)} />}
        {help && <Help onClose={() => setHelp(false)} />}
      </Suspense>
    </AppShell>
  );
}

/** g, then a letter: go there. */
function useGoKeys(): KeyMap {
  const navigate = useNavigate();
  const places = placesFor(useMe());
  const map: KeyMap = { c: () => void navigate({ to: '/new' }) };
  for (const place of places) map[`g ${place.key}`] = () => void navigate({ to: place.to });
  return map;
}
