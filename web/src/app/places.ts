import { t } from '@lingui/core/macro';
import {
  IconCalendarTime,
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
    | '/spaces'
    | '/hours'
    | '/digests'
    | '/outbox'
    | '/admin'
    | '/settings';
  label: string;
  icon: typeof IconInbox;
  /** The key after g. */
  key: string;
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
    { to: '/hours', label: t`My hours`, icon: IconCalendarTime, key: 'h' },
    { to: '/digests', label: t`Digests`, icon: IconNews, key: 'd' },
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
