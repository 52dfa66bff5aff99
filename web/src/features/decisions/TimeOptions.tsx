import { t } from '@lingui/core/macro';
import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { decisions, people } from '~/api';
import { useNow } from '~/api/clock';
import { keys, useMe } from '~/api/queries';
import { Face, Name } from '~/kit';
import { cityOf, clockOf, dateOf, instantOf, worded } from '~/kit/time';
import { Clocks, Zones } from './Clocks';
import { barOf, plusDays, slotsOf, workingIn } from './strip';
import { hoursWords } from './words';
import { newOption, type Opt, type Writing } from './writing';

type Props = { writing: Writing; space: string; onChange: (list: Opt[]) => void };
const lengths = [15, 30, 45, 60, 90, 120];

/** Times are picked on a day of everybody's hours: what suits most is darker. */
export function TimeOptions({ writing: w, space, onChange }: Props) {
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  const [date, setDate] = useState(() => workdayAfter(dateOf(now, zone)));
  const [length, setLength] = useState(60);
  const who = useEntitled(w, space);
  const noon = new Date(instantOf(date, '00:00', zone)).toISOString();
  const map = useQuery({
    queryKey: [...keys.overlap, who.join(','), noon, 1],
    queryFn: () => people.overlap({ people: who.join(','), from: noon, days: 1 }),
    enabled: who.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  }).data;
  const zones = [...new Set(map?.people.map((p) => p.person.zone) ?? [])];
  // Options of another kind, written before, stay as they are.
  const others = w.options.filter((o) => !o.start);
  const list = w.options.filter((o) => o.start).sort((a, b) => (a.start ?? '').localeCompare(b.start ?? ''));
  const put = (next: Opt[]) => onChange([...others, ...next]);
  const flip = (at: number) => {
    const start = new Date(at).toISOString();
    const there = list.find((o) => o.start && Date.parse(o.start) === at);
    if (there) return put(list.filter((o) => o !== there));
    const end = new Date(at + length * 60_000).toISOString();
    onChange(
      [...list, { ...newOption(list), start, end }].sort((a, b) =>
        (a.start ?? '').localeCompare(b.start ?? ''),
      ),
    );
  };
  return (
    <Zones value={zones}>
      <div className="dec-times">
        <div className="dec-times-head">
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t`The day before`}
            onClick={() => setDate(plusDays(date, -1))}
          >
            <IconChevronLeft size={16} className="turn" />
          </ActionIcon>
          <TextInput
            type="date"
            aria-label={t`Day`}
            value={date}
            onChange={(e) => e.currentTarget.value && setDate(e.currentTarget.value)}
          />
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t`The day after`}
            onClick={() => setDate(plusDays(date, 1))}
          >
            <IconChevronRight size={16} className="turn" />
          </ActionIcon>
          <NativeSelect
            aria-label={t`How long`}
            value={String(length)}
            onChange={(e) => setLength(Number(e.currentTarget.value))}
            data={lengths.map((m) => ({ value: String(m), label: hoursWords(m) }))}
          />
        </div>
        {who.length === 0 && (
          <p className="dec-note">{t`Name who is entitled below, and everybody’s hours are drawn here.`}</p>
        )}
        <Day map={map?.people ?? []} date={date} length={length} chosen={list} onPick={flip} />
        {list.length > 0 && (
          <ul className="dec-lines" aria-label={t`Times to choose from`}>
            {list.map((o) => (
              <li key={o.n} className="dec-line">
                <span className="dec-option">
                  <strong>
                    {o.start && worded(o.start, zone, { weekday: 'short', day: 'numeric', month: 'short' })}
                  </strong>
                  {o.start && <Clocks start={o.start} end={o.end ?? null} />}
                </span>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t`Take ${o.start ? worded(o.start, zone, { weekday: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }) : ''} out`}
                  onClick={() => put(list.filter((x) => x !== o))}
                >
                  <IconX size={15} />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Zones>
  );
}

type DayProps = {
  map: {
    person: Parameters<typeof Name>[0]['person'] & { id: string; zone: string };
    ranges: { from: string; to: string }[];
  }[];
  date: string;
  length: number;
  chosen: Opt[];
  onPick: (at: number) => void;
};

/** One day of everybody's hours on the reader's clock; below, a button for each time that can be offered. */
function Day({ map, date, length, chosen, onPick }: DayProps) {
  const zone = useMe().person.zone;
  const step = length < 60 ? 30 : 60;
  const slots = slotsOf(date, zone, step);
  const stretch = { from: slots[0] ?? 0, to: instantOf(plusDays(date, 1), '00:00', zone) };
  const [all, setAll] = useState(false);
  const offered = slots.filter(
    (at) =>
      all || map.length === 0 || workingIn(map, { from: at, to: at + length * 60_000 }) * 2 >= map.length,
  );
  return (
    <>
      <ul className="dec-day" aria-hidden>
        {map.map((line) => (
          <li key={line.person.id}>
            <span className="dec-strip-who">
              <Face name={line.person.name} size={20} />
              <span>
                <Name person={line.person} /> <span className="due-note">{cityOf(line.person.zone)}</span>
              </span>
            </span>
            <span className="dec-track">
              {line.ranges.map((r) => {
                const bar = barOf(r.from, r.to, stretch);
                return (
                  bar && (
                    <span
                      key={r.from}
                      className="dec-share"
                      style={{ insetInlineStart: `${bar.start}%`, inlineSize: `${bar.size}%` }}
                    />
                  )
                );
              })}
            </span>
          </li>
        ))}
      </ul>
      <div className="dec-slots" role="group" aria-label={t`Times of the day, on your clock`}>
        {offered.map((at) => {
          const n = workingIn(map, { from: at, to: at + length * 60_000 });
          const on = chosen.some((o) => o.start && Date.parse(o.start) === at);
          return (
            <button
              key={at}
              type="button"
              aria-pressed={on}
              className="dec-slot"
              style={{ ['--share' as string]: map.length ? n / map.length : 0 }}
              onClick={() => onPick(at)}
            >
              <strong>{clockOf(at, zone)}</strong>
              {map.length > 0 && <span className="due-note">{t`${n} of ${map.length}`}</span>}
            </button>
          );
        })}
        {offered.length === 0 && (
          <p className="dec-note">{t`On that day there is no time at which half of them work.`}</p>
        )}
      </div>
      {map.length > 0 && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          onClick={() => setAll(!all)}
          aria-pressed={all}
        >
          {all ? t`Only times at which half of them work` : t`All times of the day`}
        </Button>
      )}
    </>
  );
}

/** The next date from Monday to Friday: a first guess, from which one goes on. */
function workdayAfter(date: string): string {
  const next = plusDays(date, 1);
  return [0, 6].includes(new Date(next).getUTCDay()) ? workdayAfter(next) : next;
}

/** Everybody who is named, teams taken apart, as the server would. */
function useEntitled(w: Writing, space: string): string[] {
  const { people: persons, teams } = w.who;
  const found = useQuery({
    queryKey: [...keys.forecast, 'entitled', space, persons, teams],
    queryFn: () => decisions.preview({ space, rules: { fair: 60 }, people: persons, teams }),
    enabled: !!space && persons.length + teams.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return persons.length + teams.length > 0 ? (found.data?.people.map((p) => p.person.id) ?? persons) : [];
}
