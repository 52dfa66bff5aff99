import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ApiProblem } from '~/api';
import { meQuery } from '~/api/queries';
import { Failed, Loading } from '~/kit';
import { queryClient } from './cache';
import { NotHere } from './NotHere';

/**
 * Every page, each loaded when it is first wanted. To add one: a route here, a file in
 * its feature's folder that exports the page, and a line in places.ts for the palette.
 */
const root = createRootRouteWithContext<{ cache: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotHere,
});
/** Reads the named search parameters as text and leaves out the rest. */
const only =
  <K extends string>(...names: K[]) =>
  (given: Record<string, unknown>): { [name in K]?: string } => {
    const kept: { [name in K]?: string } = {};
    for (const name of names) {
      const value = given[name];
      if (typeof value === 'string' && value !== '') kept[name] = value;
    }
    return kept;
  };

// Doors: no session needed.
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: only('to'),
  component: lazyRouteComponent(() => import('~/features/auth/SignInPage'), 'SignInPage'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: only('token'),
  component: lazyRouteComponent(() => import('~/features/auth/SetupPage'), 'SetupPage'),
});
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  component: lazyRouteComponent(() => import('~/features/auth/InvitePage'), 'InvitePage'),
});

// The shell: whoever is not signed in is shown the door, and brought back after.
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.cache.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) {
        const to = location.href === '/' ? undefined : location.href;
        throw redirect({ to: '/sign-in', search: { to } });
      }
      throw error;
    }
  },
  component: lazyRouteComponent(() => import('./Shell'), 'Shell'),
  notFoundComponent: NotHere,
});
const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox', replace: true });
  },
});
const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  validateSearch: only('tab'),
  component: lazyRouteComponent(() => import('~/features/inbox/InboxPage'), 'InboxPage'),
});
const compose = createRoute({
  getParentRoute: () => shell,
  path: '/new',
  validateSearch: only('space', 'to'),
  component: lazyRouteComponent(() => import('~/features/compose/NewThreadPage'), 'NewThreadPage'),
});
const threads = createRoute({
  getParentRoute: () => shell,
  path: '/threads',
  validateSearch: only('space', 'filter', 'state'),
  component: lazyRouteComponent(() => import('~/features/threads/ThreadsPage'), 'ThreadsPage'),
});
const thread = createRoute({
  getParentRoute: () => shell,
  path: '/threads/$thread',
  validateSearch: only('post', 'reply'),
  component: lazyRouteComponent(() => import('~/features/threads/ThreadPage'), 'ThreadPage'),
});
const spaces = createRoute({
  getParentRoute: () => shell,
  path: '/spaces',
  component: lazyRouteComponent(() => import('~/features/spaces/SpacesPage'), 'SpacesPage'),
});
const space = createRoute({
  getParentRoute: () => shell,
  path: '/spaces/$space',
  validateSearch: only('tab'),
  component: lazyRouteComponent(() => import('~/features/spaces/SpacePage'), 'SpacePage'),
});
const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  validateSearch: only('tab', 'team', 'q'),
  component: lazyRouteComponent(() => import('~/features/people/PeoplePage'), 'PeoplePage'),
});
const person = createRoute({
  getParentRoute: () => shell,
  path: '/people/$person',
  component: lazyRouteComponent(() => import('~/features/people/PersonPage'), 'PersonPage'),
});
const hours = createRoute({
  getParentRoute: () => shell,
  path: '/hours',
  validateSearch: only('tab'),
  component: lazyRouteComponent(() => import('~/features/hours/HoursPage'), 'HoursPage'),
});
const search = createRoute({
  getParentRoute: () => shell,
  path: '/search',
  validateSearch: only('q'),
  component: lazyRouteComponent(() => import('~/features/search/SearchPage'), 'SearchPage'),
});
const digests = createRoute({
  getParentRoute: () => shell,
  path: '/digests',
  component: lazyRouteComponent(() => import('~/features/digests/DigestsPage'), 'DigestsPage'),
});
const digest = createRoute({
  getParentRoute: () => shell,
  path: '/digests/$digest',
  component: lazyRouteComponent(() => import('~/features/digests/DigestPage'), 'DigestPage'),
});
const outbox = createRoute({
  getParentRoute: () => shell,
  path: '/outbox',
  validateSearch: only('mail'),
  component: lazyRouteComponent(() => import('~/features/outbox/OutboxPage'), 'OutboxPage'),
});
const admin = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  validateSearch: only('tab'),
  component: lazyRouteComponent(() => import('~/features/admin/AdminPage'), 'AdminPage'),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  validateSearch: only('tab'),
  component: lazyRouteComponent(() => import('~/features/settings/SettingsPage'), 'SettingsPage'),
});
// Where mail of ours points.
const schedule = createRoute({
  getParentRoute: () => shell,
  path: '/settings/schedule',
  beforeLoad: () => {
    throw redirect({ to: '/hours', replace: true });
  },
});
const kit = createRoute({
  getParentRoute: () => shell,
  path: '/dev/kit',
  component: lazyRouteComponent(() => import('~/features/dev/KitPage'), 'KitPage'),
});

const inside = [home, inbox, compose, threads, thread, spaces, space, people, person, hours, search];
const apart = [digests, digest, outbox, admin, settings, schedule, kit];

export const router = createRouter({
  routeTree: root.addChildren([signIn, setup, invite, shell.addChildren([...inside, ...apart])]),
  context: { cache: queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: ({ error, reset }) => (
    <main className="page">
      <Failed error={error} retry={reset} />
    </main>
  ),
  defaultPendingComponent: () => (
    <div className="page">
      <Loading rows={6} />
    </div>
  ),
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
