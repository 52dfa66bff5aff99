import './compose.css';
import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { asks, sentenceOf } from '~/api';
import { useNow } from '~/api/clock';
import { keys, useMe } from '~/api/queries';
import type { Forecast, ForecastPerson, Id } from '~/api/types';
import { Face, Name } from '~/kit';
import { cityOf, dayOf, spanOf, whenOf } from '~/kit/time';
import { type AskDraft, addressed, missing, toNewAsk } from './askDraft';

type Props = { ask: AskDraft; space?: Id; onLeaveOut?: (person: Id) => void };

/** What will happen if this is sent now: when each person is reached, and by when all can have answered. */
export function ForecastPanel({ ask, space, onLeaveOut }: Props) {
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
        <Told data={found.data} onLeaveOut={onLeaveOut} lacks={missing(ask)} />
      ) : (
        <p className="due-note">{t`Looking at everybody's hours…`}</p>
      )}
    </section>
  );
}

function Told({
  data,
  onLeaveOut,
}: {
  data: Forecast;
  onLeaveOut?: (person: Id) => void;
  lacks: string | null;
}) {
  const zone = useMe().person.zone;
  const now = useNow();
  const when = (at: string) => whenOf(at, now, zone);
  const out = data.without;
  return (
    <>
      <h3>{headline(data, when)}</h3>
      {data.enough_by && data.all_by && data.enough_by !== data.all_by && (
        <p style={{ margin: 0 }}>{t`Enough answers by ${when(data.enough_by)}.`}</p>
      )}
      <ul>
        {data.people.map((p) => (
          <One key={p.person.id} one={p} now={now} zone={zone} />
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

function headline(data: Forecast, when: (at: string) => string) {
  if (data.all_by) return t`All can have answered by ${when(data.all_by)}`;
  const lost = data.people.filter((p) => p.unreachable).length;
  return lost ? (
    <Plural value={lost} one="# person cannot be reached" other="# people cannot be reached" />
  ) : (
    t`Nobody to reach yet`
  );
}

function One({ one, now, zone }: { one: ForecastPerson; now: number; zone: string }) {
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
        <span className="forecast-note">{awayWords(away.to, away.stand_in?.name, now, person.zone)}</span>
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

function awayWords(until: string, standIn: string | undefined, now: number, zone: string): string {
  const back = dayOf(until, now, zone);
  return standIn ? t`Away until ${back}; ${standIn} stands in.` : t`Away until ${back}.`;
}
