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
      return [keys.inbox, keys.asks, keys.threads, ...around];
    case 'attention':
      return [keys.inbox, keys.digests, keys.outbox];
    case 'mail':
      return [keys.outbox, keys.digests];
    case 'people':
      return [keys.people, keys.teams, keys.me, keys.overlap, keys.schedule, keys.calendars, keys.forecast];
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
