import { t } from '@lingui/core/macro';
import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import { useState } from 'react';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { InboxRow } from '~/api/types';
import { dateOf, instantOf, nextWeekday, whenOf } from '~/kit/time';
import type { Put } from './api';

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
    <Menu opened={opened} onChange={onOpened} onClose={() => setOwn(false)} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={t`Set aside`} title={t`Set aside`}>
          <IconClockPause size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {own ? (
          <OwnTime first={tomorrow} onPick={(date, time) => until(instantOf(date, time, zone))} />
        ) : (
          <>
            <Menu.Item onClick={() => onPut({ do: 'snooze', next_start: true })}>
              {start ? t`My next start, ${whenOf(start, now, zone)}` : t`My next start`}
            </Menu.Item>
            <Menu.Item onClick={() => until(now + 3 * 3_600_000)}>{t`In three hours`}</Menu.Item>
            <Menu.Item
              onClick={() => until(instantOf(nextWeekday(now, zone, 1), '09:00', zone))}
            >{t`Next Monday 09:00`}</Menu.Item>
            {!mine && row.ask && (
              <Menu.Item
                onClick={() => onPut({ do: 'snooze', on_reply_by: row.who.id })}
              >{t`Until ${row.who.name} replies`}</Menu.Item>
            )}
            <Menu.Item onClick={() => setOwn(true)}>{t`A day and time…`}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function OwnTime({ first, onPick }: { first: string; onPick: (date: string, time: string) => void }) {
  const [date, setDate] = useState(first);
  const [time, setTime] = useState('09:00');
  return (
    <form
      className="own-time"
      onSubmit={(e) => {
        e.preventDefault();
        if (date && time) onPick(date, time);
      }}
    >
      <TextInput
        type="date"
        label={t`Day`}
        value={date}
        onChange={(e) => setDate(e.currentTarget.value)}
        data-autofocus
        autoFocus
      />
      <TextInput type="time" label={t`Time`} value={time} onChange={(e) => setTime(e.currentTarget.value)} />
      <Button type="submit" size="xs">{t`Set aside`}</Button>
    </form>
  );
}
