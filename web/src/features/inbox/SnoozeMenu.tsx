import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { InboxRow } from '~/api/types';
import { Menu, MenuItem } from '~/kit';
import { dateOf, instantOf, nextWeekday, whenOf } from '~/kit/time';
import type { Put } from './api';

const OwnTime = lazy(() => import('./OwnTime').then((m) => ({ default: m.OwnTime })));

type Props = { row: InboxRow; opened: boolean; onOpened: (open: boolean) => void; onPut: (put: Put) => void };

/** Sets a row aside: to my next start, until somebody replies, or until a date. */
export function SnoozeMenu({ row, opened, onOpened, onPut }: Props) {
  const me = useMe();
  const now = useNow();
  const zone = me.person.zone;
  const [own, setOwn] = useState(false);
  const until = (at: number) => onPut({ do: 'snooze', until: new Date(at).toISOString() });
  const tomorrow = dateOf(now + 86_400_000, zone);
  const start = me.day.next_start;
  const mine = row.who.id === me.person.id;
  return (
    <Menu
      opened={opened}
      form={own}
      onOpened={(open) => {
        setOwn(false);
        onOpened(open);
      }}
      target={
        <ActionIcon variant="default" aria-label={t`Set aside`} title={t`Set aside`}>
          <IconClockPause size={16} />
        </ActionIcon>
      }
    >
      {own ? (
        <Suspense>
          <OwnTime first={tomorrow} onPick={(date, time) => until(instantOf(date, time, zone))} />
        </Suspense>
      ) : (
        <>
          <MenuItem onClick={() => onPut({ do: 'snooze', next_start: true })}>
            {start ? t`My next start, ${whenOf(start, now, zone)}` : t`My next start`}
          </MenuItem>
          <MenuItem onClick={() => until(now + 3 * 3_600_000)}>{t`In three hours`}</MenuItem>
          <MenuItem
            onClick={() => until(instantOf(nextWeekday(now, zone, 1), '09:00', zone))}
          >{t`Next Monday 09:00`}</MenuItem>
          {!mine && row.ask && (
            <MenuItem
              onClick={() => onPut({ do: 'snooze', on_reply_by: row.who.id })}
            >{t`Until ${row.who.name} replies`}</MenuItem>
          )}
          <MenuItem stay onClick={() => setOwn(true)}>{t`A day and time…`}</MenuItem>
        </>
      )}
    </Menu>
  );
}
