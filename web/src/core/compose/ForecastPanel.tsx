import './compose.css';
import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { asks, sentenceOf } from '~/api';
import { useNow } from '~/api/clock';
import { keys, useMe } from '~/api/queries';
import type { Forecast, ForecastAway, ForecastPerson, Id } from '~/api/types';
import { Face, Name } from '~/kit';
import { cityOf, dayOf, spanOf, whenOf, windowWords } from '~/kit/time';
import { type AskDraft, addressed, toNewAsk } from './askDraft';
import { UrgentPanel } from './UrgentPanel';

type Props = {
  ask: AskDraft;
  space?: Id;
  onLeaveOut?: (person: Id) => void;
  onSecond?: (reason: string) => void;
  /** Somebody who is named and away: ask whoever stands in. */
  onInstead?: (of: Id, by: Id) => void;
};

/** What will happen if this is sent now: when each person is reached, and by when all can have answered. */
export function ForecastPanel({ ask, space, onLeaveOut, onSecond, onInstead }: Props) {
  const zone = useMe().person.zone;
  const undated = ask.window === 'deadline' && !ask.date;
  const sent = undated ? { ...toNewAsk({ ...ask, window: '1d' }, zone) } : toNewAsk(ask, zone);
  const question = {
    to: sent.to,
    space,
    kind: sent.kind,
    window: sent.window,
    deadline: sent.deadline,
    urgency: sent.urgency,
    need: sent.need,
  };
  const [asked] = useDebouncedValue(JSON.stringify(question), 200);
  const found = useQuery({
    queryKey: [...keys.forecast, asked],
    queryFn: () => asks.forecast(JSON.parse(asked)),
    enabled: addressed(ask),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    refetchInterval: 60_000,
    retry: false,
  });
  if (!addressed(ask)) {
    return <p className="forecast due-note">{t`Name somebody, and see here when they will be reached.`}</p>;
  }
  if (found.error) return <p className="forecast due-note">{sentenceOf(found.error)}</p>;
  return (
    <section className="forecast" aria-label={t`Forecast`} aria-busy={found.isFetching} aria-live="polite">
      {found.data ? (
        <>
          <Told
            data={found.data}
            usual={ask.window === ''}
            onLeaveOut={onLeaveOut}
            onInstead={(of, by) => onInstead?.(of, by)}
            named={onInstead ? ask.to.people : []}
          />
          {ask.urgency === 'urgent' && found.data.page && (
            <UrgentPanel page={found.data.page} second={ask.second ?? ''} onSecond={onSecond} />
          )}
        </>
      ) : (
        <p className="due-note">{t`Looking at everybody's hours…`}</p>
      )}
    </section>
  );
}

function Told({
  data,
  usual,
  onLeaveOut,
  onInstead,
  named,
}: {
  data: Forecast;
  usual: boolean;
  onLeaveOut?: (person: Id) => void;
  onInstead: (of: Id, by: Id) => void;
  named: Id[];
}) {
  const zone = useMe().person.zone;
  const now = useNow();
  const when = (at: string) => whenOf(at, now, zone);
  const out = data.without;
  return (
    <>
      <h3>{headline(data, when)}</h3>
      {usual && data.window && <p className="due-note forecast-usual">{usualWords(data)}</p>}
      {data.enough_by && data.all_by && data.enough_by !== data.all_by && (
        <p style={{ margin: 0 }}>{t`Enough answers by ${when(data.enough_by)}.`}</p>
      )}
      <ul>
        {data.people.map((p) => (
          <One
            key={p.person.id}
            one={p}
            now={now}
            zone={zone}
            onInstead={named.includes(p.person.id) ? (by) => onInstead(p.person.id, by) : undefined}
          />
        ))}
      </ul>
      {out && (
        <div className="forecast-tip">
          <span>
            {t`Without ${out.person.name} everybody else can answer by ${when(out.all_by)}, ${spanOf(out.sooner_minutes * 60_000)} sooner.`}
          </span>
          {onLeaveOut && (
            <Button variant="default" size="compact-xs" onClick={() => onLeaveOut(out.person.id)}>
              {t`Leave ${out.person.name} out`}
            </Button>
          )}
        </div>
      )}
      {data.warnings.map((w) => (
        <p key={w} className="due-note" style={{ margin: '6px 0 0' }}>
          {w}
        </p>
      ))}
    </>
  );
}

/** Whose usual window it is. */
function usualWords(data: Forecast): string {
  const within = windowWords(data.window);
  return data.agreed_by
    ? t`Within ${within}, as ${data.agreed_by} agreed.`
    : t`Within ${within}, as is usual here.`;
}

function headline(data: Forecast, when: (at: string) => string) {
  if (data.all_by) return t`All can have answered by ${when(data.all_by)}`;
  const lost = data.people.filter((p) => p.unreachable).length;
  return lost ? (
    <Plural value={lost} one="# person cannot be reached" other="# people cannot be reached" />
  ) : (
    t`Nobody to reach yet`
  );
}

function One({
  one,
  now,
  zone,
  onInstead,
}: {
  one: ForecastPerson;
  now: number;
  zone: string;
  onInstead?: (by: Id) => void;
}) {
  const { person, away, holiday } = one;
  const elsewhere = person.zone !== zone;
  return (
    <li>
      <span className="chip">
        <Face name={person.name} size={20} />
        <Name person={person} />
      </span>
      <span className="forecast-times">
        {one.unreachable || !one.reach ? (
          t`has no working hours to be reached in`
        ) : (
          <>
            {t`reached ${whenOf(one.reach, now, zone)}`}
            {one.due && <strong>{t`, due ${whenOf(one.due, now, zone)}`}</strong>}
          </>
        )}
      </span>
      {elsewhere && one.reach && (
        <span className="forecast-note">
          {one.due
            ? t`In ${cityOf(person.zone)}: reached ${one.reach_local}, due ${one.due_local}`
            : t`In ${cityOf(person.zone)}: reached ${one.reach_local}`}
        </span>
      )}
      {away && (
        <span className="forecast-note">
          {awayWords(away, now, zone)}{' '}
          {away.instead && onInstead && (
            <Button
              variant="default"
              size="compact-xs"
              onClick={() => away.instead && onInstead(away.instead.person.id)}
            >
              {t`Ask ${away.instead.person.name} instead`}
            </Button>
          )}
        </span>
      )}
      {holiday && <span className="forecast-note">{t`Holiday: ${holiday.name}`}</span>}
      {one.outside_hours && (
        <span className="forecast-note">{t`The deadline falls outside their hours.`}</span>
      )}
      {one.short && (
        <span className="forecast-note">{t`That leaves less working time than this space agreed on.`}</span>
      )}
    </li>
  );
}

/** When they are back at work, and who stands in, in the reader's clock. */
function awayWords({ back, to, stand_in, instead }: ForecastAway, now: number, zone: string): string {
  const when = back ? t`Away, and back ${whenOf(back, now, zone)}.` : t`Away until ${dayOf(to, now, zone)}.`;
  if (!stand_in) return when;
  if (instead?.reach)
    return t`${when} ${stand_in.name} stands in and is reached ${whenOf(instead.reach, now, zone)}.`;
  return t`${when} ${stand_in.name} stands in.`;
}
