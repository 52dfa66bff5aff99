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
import { loadWords } from './words';

/**
 * Every page, each loaded when it is first wanted. To add one: a route here, a file in
 * its feature's folder that exports the page, and a line in places.ts for the palette.
 */
const root = createRootRouteWithContext<{ cache: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotHere,
});
/** A page that is loaded when it is first wanted, with the words of its features. */
const page = <M extends object, K extends keyof M & string>(
  load: () => Promise<M>,
  name: K,
  words: string[],
) => lazyRouteComponent(async () => (await Promise.all([load(), loadWords(...words)]))[0], name);
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
  component: page(() => import('~/features/auth/SignInPage'), 'SignInPage', ['auth']),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: only('token'),
  component: page(() => import('~/features/auth/SetupPage'), 'SetupPage', ['auth']),
});
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  component: page(() => import('~/features/auth/InvitePage'), 'InvitePage', ['auth']),
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
  component: page(() => import('~/features/inbox/InboxPage'), 'InboxPage', ['inbox']),
});
const compose = createRoute({
  getParentRoute: () => shell,
  path: '/new',
  validateSearch: only('space', 'to'),
  component: page(() => import('~/features/compose/NewThreadPage'), 'NewThreadPage', ['compose', 'writing']),
});
const threads = createRoute({
  getParentRoute: () => shell,
  path: '/threads',
  validateSearch: only('space', 'filter', 'state'),
  component: page(() => import('~/features/threads/ThreadsPage'), 'ThreadsPage', ['threads']),
});
const thread = createRoute({
  getParentRoute: () => shell,
  path: '/threads/$thread',
  validateSearch: only('post', 'reply'),
  component: page(() => import('~/features/threads/ThreadPage'), 'ThreadPage', ['threads', 'writing']),
});
const spaces = createRoute({
  getParentRoute: () => shell,
  path: '/spaces',
  component: page(() => import('~/features/spaces/SpacesPage'), 'SpacesPage', ['spaces']),
});
const space = createRoute({
  getParentRoute: () => shell,
  path: '/spaces/$space',
  validateSearch: only('tab'),
  component: page(() => import('~/features/spaces/SpacePage'), 'SpacePage', ['spaces']),
});
const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  validateSearch: only('tab', 'team', 'q'),
  component: page(() => import('~/features/people/PeoplePage'), 'PeoplePage', ['people']),
});
const person = createRoute({
  getParentRoute: () => shell,
  path: '/people/$person',
  component: page(() => import('~/features/people/PersonPage'), 'PersonPage', ['people']),
});
const duty = createRoute({
  getParentRoute: () => shell,
  path: '/teams/$team/duty',
  component: page(() => import('~/features/duty/DutyPage'), 'DutyPage', ['duty']),
});
const decisions = createRoute({
  getParentRoute: () => shell,
  path: '/decisions',
  validateSearch: only('q', 'space', 'kind', 'state', 'decider', 'from', 'to', 'due'),
  component: page(() => import('~/features/decisions/DecisionsPage'), 'DecisionsPage', ['decisions']),
});
const newDecision = createRoute({
  getParentRoute: () => shell,
  path: '/decisions/new',
  validateSearch: only('space', 'draft'),
  component: page(() => import('~/features/decisions/NewDecisionPage'), 'NewDecisionPage', [
    'decisions',
    'writing',
  ]),
});
const decision = createRoute({
  getParentRoute: () => shell,
  path: '/decisions/$decision',
  component: page(() => import('~/features/decisions/DecisionPage'), 'DecisionPage', [
    'decisions',
    'writing',
  ]),
});
const batons = createRoute({
  getParentRoute: () => shell,
  path: '/batons',
  validateSearch: only('tab', 'about'),
  component: page(() => import('~/features/batons/BatonsPage'), 'BatonsPage', ['batons']),
});
const baton = createRoute({
  getParentRoute: () => shell,
  path: '/batons/$baton',
  component: page(() => import('~/features/batons/BatonPage'), 'BatonPage', ['batons']),
});
const checkins = createRoute({
  getParentRoute: () => shell,
  path: '/checkins',
  validateSearch: only('tab'),
  component: page(() => import('~/features/checkins/CheckinsPage'), 'CheckinsPage', ['checkins']),
});
const newCheckin = createRoute({
  getParentRoute: () => shell,
  path: '/checkins/new',
  validateSearch: only('space'),
  component: page(() => import('~/features/checkins/NewCheckinPage'), 'NewCheckinPage', [
    'checkins',
    'writing',
  ]),
});
const checkin = createRoute({
  getParentRoute: () => shell,
  path: '/checkins/$checkin',
  validateSearch: only('tab'),
  component: page(() => import('~/features/checkins/CheckinPage'), 'CheckinPage', ['checkins']),
});
const editCheckin = createRoute({
  getParentRoute: () => shell,
  path: '/checkins/$checkin/edit',
  component: page(() => import('~/features/checkins/EditCheckinPage'), 'EditCheckinPage', [
    'checkins',
    'writing',
  ]),
});
const checkinTurn = createRoute({
  getParentRoute: () => shell,
  path: '/checkins/turns/$turn',
  component: page(() => import('~/features/checkins/TurnPage'), 'TurnPage', ['checkins']),
});
const checkinReport = createRoute({
  getParentRoute: () => shell,
  path: '/checkins/reports/$report',
  component: page(() => import('~/features/checkins/ReportPage'), 'ReportPage', ['checkins']),
});
const hours = createRoute({
  getParentRoute: () => shell,
  path: '/hours',
  validateSearch: only('tab'),
  component: page(() => import('~/features/hours/HoursPage'), 'HoursPage', ['hours']),
});
const search = createRoute({
  getParentRoute: () => shell,
  path: '/search',
  validateSearch: only('q', 'order'),
  component: page(() => import('~/features/search/SearchPage'), 'SearchPage', ['search']),
});
const digests = createRoute({
  getParentRoute: () => shell,
  path: '/digests',
  component: page(() => import('~/features/digests/DigestsPage'), 'DigestsPage', ['digests']),
});
const digest = createRoute({
  getParentRoute: () => shell,
  path: '/digests/$digest',
  component: page(() => import('~/features/digests/DigestPage'), 'DigestPage', ['digests']),
});
const whileAway = createRoute({
  getParentRoute: () => shell,
  path: '/while-away',
  validateSearch: only('absence'),
  component: page(() => import('~/features/away/CatchUpPage'), 'CatchUpPage', ['away']),
});
const instead = createRoute({
  getParentRoute: () => shell,
  path: '/instead/$ask/$person',
  component: page(() => import('~/features/away/InsteadPage'), 'InsteadPage', ['away']),
});
const agreement = createRoute({
  getParentRoute: () => shell,
  path: '/teams/$team/agreement',
  validateSearch: only('tab'),
  component: page(() => import('~/features/agreements/AgreementPage'), 'AgreementPage', [
    'agreements',
    'writing',
  ]),
});
const brainstorms = createRoute({
  getParentRoute: () => shell,
  path: '/brainstorms',
  validateSearch: only('tab'),
  component: page(() => import('~/features/brainstorms/BrainstormsPage'), 'BrainstormsPage', ['brainstorms']),
});
const newBrainstorm = createRoute({
  getParentRoute: () => shell,
  path: '/brainstorms/new',
  validateSearch: only('space'),
  component: page(() => import('~/features/brainstorms/NewBrainstormPage'), 'NewBrainstormPage', [
    'brainstorms',
    'writing',
  ]),
});
const brainstorm = createRoute({
  getParentRoute: () => shell,
  path: '/brainstorms/$brainstorm',
  validateSearch: only('view'),
  component: page(() => import('~/features/brainstorms/BrainstormPage'), 'BrainstormPage', [
    'brainstorms',
    'writing',
  ]),
});
const outbox = createRoute({
  getParentRoute: () => shell,
  path: '/outbox',
  validateSearch: only('mail'),
  component: page(() => import('~/features/outbox/OutboxPage'), 'OutboxPage', ['outbox']),
});
const admin = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  validateSearch: only('tab'),
  component: page(() => import('~/features/admin/AdminPage'), 'AdminPage', ['admin']),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  validateSearch: only('tab'),
  component: page(() => import('~/features/settings/SettingsPage'), 'SettingsPage', ['settings']),
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
  component: page(() => import('~/features/dev/KitPage'), 'KitPage', ['dev', 'writing']),
});

const inside = [home, inbox, compose, threads, thread, spaces, space, people, person, duty, hours, search];
const checking = [checkins, newCheckin, checkin, editCheckin, checkinTurn, checkinReport];
const deciding = [decisions, newDecision, decision];
const together = [...checking, ...deciding, batons, baton, brainstorms, newBrainstorm, brainstorm];
const apart = [whileAway, instead, agreement, digests, digest, outbox, admin, settings, schedule, kit];

export const router = createRouter({
  routeTree: root.addChildren([signIn, setup, invite, shell.addChildren([...inside, ...together, ...apart])]),
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
