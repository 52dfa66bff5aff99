import type { QueryKey } from '@tanstack/react-query';
import { keys } from '~/api/queries';
import type { Change } from '~/api/types';

/** What to fetch again after a change; null means everything. */
export function touched(change: Change): QueryKey[] | null {
  const feature = change.kind.split('.')[0];
  const thread = change.thread ?? (change.subject?.kind === 'thread' ? change.subject.id : undefined);
  const around: QueryKey[] = thread ? [keys.thread(thread), keys.posts(thread)] : [];
  switch (feature) {
    case 'spaces':
      return [
        keys.threads,
        keys.inbox,
        ...around,
        ...(/space_|member_/.test(change.kind) ? [keys.spaces] : []),
      ];
    case 'asks':
      return [keys.inbox, keys.asks, keys.threads, keys.pages, keys.away, ...around];
    case 'attention':
      return [keys.inbox, keys.digests, keys.outbox, keys.away];
    case 'agreements':
      return [keys.agreements, keys.forecast, keys.pages, keys.inbox];
    case 'batons':
      return [keys.batons, ...around];
    case 'checkins':
      return [keys.checkins, ...around];
    case 'boundaries':
      return [keys.boundaries, keys.me];
    case 'mail':
      return [keys.outbox, keys.digests, keys.mail];
    case 'push':
      return [['devices']];
    case 'people':
      return [
        keys.people,
        keys.teams,
        keys.me,
        keys.overlap,
        keys.schedule,
        keys.calendars,
        keys.forecast,
        keys.duty,
        keys.away,
        keys.batons,
        keys.checkins,
      ];
    case 'duty':
      return [keys.duty, keys.forecast, keys.inbox];
    case 'pages':
      return [keys.pages, keys.forecast, keys.inbox];
    case 'decisions':
      return [keys.decisions, keys.inbox, ...around];
    case 'brainstorms':
      return [keys.brainstorms, keys.inbox, ...around];
    case 'calendars':
      return [['subscriptions'], ['feeds']];
    case 'importers':
    case 'slack':
    case 'imports':
      return [keys.imports];
    case 'auth':
      return [keys.me, keys.people, ['sessions'], ['tokens'], ['invitations']];
    default:
      return null;
  }
}
