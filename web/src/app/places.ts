import { t } from '@lingui/core/macro';
import {
  IconArrowsExchange,
  IconBeach,
  IconBulb,
  IconCalendarTime,
  IconChecklist,
  IconGavel,
  IconInbox,
  IconLayoutGrid,
  IconMail,
  IconMessages,
  IconNews,
  IconSettings,
  IconShieldCog,
  IconUsers,
} from '@tabler/icons-react';
import type { Me } from '~/api/types';

export type Place = {
  to:
    | '/inbox'
    | '/threads'
    | '/people'
    | '/decisions'
    | '/checkins'
    | '/spaces'
    | '/hours'
    | '/batons'
    | '/digests'
    | '/brainstorms'
    | '/while-away'
    | '/outbox'
    | '/admin'
    | '/settings';
  label: string;
  icon: typeof IconInbox;
  /** The key after g. */
  key: string;
  /** Under a heading of its own in the rail. */
  together?: boolean;
  /** Not in the rail: only in the palette and the person's menu. */
  aside?: boolean;
};

/** Where one can go, for the rail, the palette and the keys. */
export function placesFor(me: Me): Place[] {
  const places: (Place | false)[] = [
    { to: '/inbox', label: t`Inbox`, icon: IconInbox, key: 'i' },
    { to: '/threads', label: t`Threads`, icon: IconMessages, key: 't' },
    { to: '/people', label: t`People`, icon: IconUsers, key: 'p' },
    { to: '/spaces', label: t`Spaces`, icon: IconLayoutGrid, key: 's' },
    { to: '/checkins', label: t`Check-ins`, icon: IconChecklist, key: 'c', together: true },
    { to: '/decisions', label: t`Decisions`, icon: IconGavel, key: 'e', together: true },
    { to: '/brainstorms', label: t`Brainstorms`, icon: IconBulb, key: 'm', together: true },
    { to: '/batons', label: t`Batons`, icon: IconArrowsExchange, key: 'b', together: true },
    { to: '/hours', label: t`My hours`, icon: IconCalendarTime, key: 'h' },
    { to: '/digests', label: t`Digests`, icon: IconNews, key: 'd' },
    { to: '/while-away', label: t`While you were away`, icon: IconBeach, key: 'w', aside: true },
    (me.demo || me.may.administer) && { to: '/outbox', label: t`Outbox`, icon: IconMail, key: 'o' },
    me.may.administer && {
      to: '/admin',
      label: t`Administration`,
      icon: IconShieldCog,
      key: 'a',
      aside: true,
    },
    { to: '/settings', label: t`Settings`, icon: IconSettings, key: ',', aside: true },
  ];
  return places.filter((p): p is Place => p !== false);
}
