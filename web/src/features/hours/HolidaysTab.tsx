import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { Button, Checkbox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { people } from '~/api';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Calendar } from '~/api/types';
import { Empty, Faces, Rows, Section, Sure, toast, toastError, When, Wrong } from '~/kit';
import { calendarsQuery, useHoursMutation } from './api';
import { CalendarForm } from './CalendarForm';
import { dateWords } from './names';
import { daysAhead } from './spec';

/** The workspace's holiday calendars, and which of them are one's own. */
export function HolidaysTab() {
  const list = useQuery(calendarsQuery);
  const guest = useMe().person.role === 'guest';
  const [adding, setAdding] = useState(false);
  const add = !guest && !adding && (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
      {t`Add a calendar`}
    </Button>
  );
  return (
    <Section title={t`Holidays`} actions={(list.data?.length ?? 0) > 0 && add}>
      <p className="hint">{t`On the holidays you follow you do not work, and nothing falls due.`}</p>
      {adding && (
        <CalendarForm onClose={() => setAdding(false)} followed={(list.data ?? []).filter((c) => c.mine)} />
      )}
      <Faces
        of={list}
        isEmpty={(all) => all.length === 0}
        empty={
          adding ? null : (
            <Empty title={t`There are no holiday calendars yet.`}>
              <p>{t`Add the calendar of your country or company, from a file or an address.`}</p>
              {add}
            </Empty>
          )
        }
      >
        {(all) => (
          <Rows label={t`Holiday calendars`}>
            {all.map((calendar) => (
              <li key={calendar.id}>
                <OneCalendar calendar={calendar} all={all} />
              </li>
            ))}
          </Rows>
        )}
      </Faces>
    </Section>
  );
}

function OneCalendar({ calendar, all }: { calendar: Calendar; all: Calendar[] }) {
  const me = useMe();
  const now = useNow(60_000);
  const [sure, setSure] = useState(false);
  const follow = useHoursMutation(people.followCalendars);
  const remove = useHoursMutation(people.removeCalendar);
  const ahead = daysAhead(calendar, now, me.person.zone);
  const turn = (on: boolean) => {
    const rest = all.filter((c) => c.mine && c.id !== calendar.id).map((c) => c.id);
    follow.mutate(on ? [...rest, calendar.id] : rest, { onError: toastError });
  };
  return (
    <div className="calendar">
      <Checkbox
        checked={calendar.mine}
        disabled={follow.isPending}
        onChange={(event) => turn(event.target.checked)}
        label={<bdi>{calendar.name}</bdi>}
        description={
          <>
            <Plural value={ahead.length} one="# day ahead" other="# days ahead" />
            {calendar.url ? ` · ${hostOf(calendar.url)}` : ` · ${t`from a file`}`} · {t`read`}{' '}
            <When at={calendar.updated_at} />
          </>
        }
      />
      {me.may.administer && (
        <Button variant="default" size="compact-xs" onClick={() => setSure(true)}>
          {t`Remove`}
          <span className="hidden-words"> {calendar.name}</span>
        </Button>
      )}
      <Wrong says={calendar.problem} />
      <details className="more">
        <summary>{t`Show its days`}</summary>
        <ul className="days">
          {ahead.slice(0, 40).map((d) => (
            <li key={d.date + d.name}>
              <span className="dated-date">
                {dateWords(d.date)} {d.date.slice(0, 4)}
              </span>{' '}
              <bdi>{d.name}</bdi> {d.date.length > 10 && <span className="due-note">{d.date.slice(11)}</span>}
            </li>
          ))}
        </ul>
      </details>
      {sure && (
        <Sure
          title={t`Remove the calendar ${calendar.name}?`}
          doIt={t`Remove the calendar`}
          busy={remove.isPending}
          onClose={() => setSure(false)}
          onDo={() =>
            remove.mutate(calendar.id, {
              onSuccess: () => toast(t`The calendar is gone.`),
              onError: toastError,
            })
          }
        >
          {t`Its days become ordinary days for everybody who follows it, and what is due is counted anew.`}
        </Sure>
      )}
    </div>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
