import { t } from '@lingui/core/macro';
import { NativeSelect, TextInput } from '@mantine/core';
import type { CheckinRhythm } from '~/api/checkins';
import { now } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Weekday } from '~/api/types';
import { dayName, shortDay, weekdays } from '~/kit/days';
import { dateOf } from '~/kit/time';
import { lengthWords } from './words';

type Props = { rhythm: CheckinRhythm; set: (rhythm: CheckinRhythm) => void; error?: string };

/** On which days, and when in each person's day. */
export function RhythmFields({ rhythm: r, set, error }: Props) {
  const put = (part: Partial<CheckinRhythm>) => set({ ...r, ...part });
  const today = dateOf(now(), useMe().person.zone);
  const some = r.every === 'day' && (r.weekdays?.length ?? 0) > 0;
  const change = (v: string) => {
    if (v === 'some') put({ every: 'day', weekdays: r.weekdays?.length ? r.weekdays : weekdays.slice(0, 5) });
    else if (v === 'day') put({ every: 'day', weekdays: [] });
    else if (v === 'once') put({ every: 'once', from: r.from || today });
    else
      put({
        every: v as 'week' | 'month',
        n: r.n || 1,
        nth: v === 'month' ? r.nth || 1 : undefined,
        weekdays: r.weekdays?.length ? (v === 'month' ? r.weekdays.slice(0, 1) : r.weekdays) : ['fri'],
      });
  };
  return (
    <div className="chk-rhythm">
      <div className="chk-fields">
        <NativeSelect
          label={t`How often`}
          value={some ? 'some' : r.every}
          onChange={(e) => change(e.currentTarget.value)}
          data={[
            { value: 'day', label: t`each working day` },
            { value: 'some', label: t`on some weekdays` },
            { value: 'week', label: t`every week, or every few` },
            { value: 'month', label: t`on a weekday of the month` },
            { value: 'once', label: t`once` },
          ]}
        />
        {r.every === 'week' && (
          <Every r={r} put={put} words={(n) => (n === 1 ? t`every week` : t`every ${n} weeks`)} />
        )}
        {r.every === 'month' && (
          <>
            <NativeSelect
              label={t`Which of them`}
              value={String(r.nth ?? 1)}
              onChange={(e) => put({ nth: Number(e.currentTarget.value) })}
              data={[
                { value: '1', label: t`the first` },
                { value: '2', label: t`the second` },
                { value: '3', label: t`the third` },
                { value: '4', label: t`the fourth` },
                { value: '-1', label: t`the last` },
              ]}
            />
            <NativeSelect
              label={t`Weekday`}
              value={r.weekdays?.[0] ?? 'fri'}
              onChange={(e) => put({ weekdays: [e.currentTarget.value] })}
              data={weekdays.map((d) => ({ value: d, label: dayName(d) }))}
            />
            <Every r={r} put={put} words={(n) => (n === 1 ? t`every month` : t`every ${n} months`)} />
          </>
        )}
        <TextInput
          type="date"
          label={r.every === 'once' ? t`On` : t`Not before`}
          value={r.from ?? ''}
          onChange={(e) => put({ from: e.currentTarget.value })}
        />
        {r.every !== 'once' && (
          <TextInput
            type="date"
            label={t`Not after`}
            min={r.from}
            value={r.until ?? ''}
            onChange={(e) => put({ until: e.currentTarget.value })}
          />
        )}
      </div>
      {(some || r.every === 'week') && <Days r={r} put={put} error={error} />}
      <Moment r={r} put={put} />
    </div>
  );
}

type Part = { r: CheckinRhythm; put: (part: Partial<CheckinRhythm>) => void };

const Every = ({ r, put, words }: Part & { words: (n: number) => string }) => (
  <NativeSelect
    label={t`Every`}
    value={String(r.n || 1)}
    onChange={(e) => put({ n: Number(e.currentTarget.value) })}
    data={Array.from({ length: 12 }, (_, i) => ({ value: String(i + 1), label: words(i + 1) }))}
  />
);

function Days({ r, put, error }: Part & { error?: string }) {
  const on = (d: Weekday) => !!r.weekdays?.includes(d);
  return (
    <fieldset className="chk-group">
      <legend>{t`Weekdays`}</legend>
      <div className="chk-pills">
        {weekdays.map((d) => (
          <label key={d} className="chk-pill">
            <input
              type="checkbox"
              checked={on(d)}
              aria-label={dayName(d)}
              onChange={() => put({ weekdays: weekdays.filter((x) => (x === d ? !on(d) : on(x))) })}
            />
            <span aria-hidden>{shortDay(d)}</span>
          </label>
        ))}
      </div>
      {error && <p className="wrong">{error}</p>}
    </fieldset>
  );
}

/** When in each person's day. */
function Moment({ r, put }: Part) {
  const spans = [0, 15, 30, 60, 90, 120, 180, 240];
  const all = spans.includes(r.minutes ?? 0) ? spans : [...spans, r.minutes ?? 0];
  const after = (n: number) => (n === 0 ? t`at once` : t`${lengthWords(n)} into it`);
  const before = (n: number) => (n === 0 ? t`right at the end` : t`${lengthWords(n)} before it`);
  return (
    <div className="chk-fields">
      <NativeSelect
        label={t`When in each person’s day`}
        value={r.at ?? 'start'}
        onChange={(e) =>
          put({ at: e.currentTarget.value as CheckinRhythm['at'], clock: r.clock || '10:00', minutes: 0 })
        }
        data={[
          { value: 'start', label: t`when their day begins` },
          { value: 'end', label: t`when their day ends` },
          { value: 'clock', label: t`at a time on their clock` },
        ]}
      />
      {r.at === 'clock' ? (
        <TextInput
          type="time"
          label={t`At`}
          required
          withAsterisk={false}
          value={r.clock ?? ''}
          onChange={(e) => put({ clock: e.currentTarget.value })}
        />
      ) : (
        <NativeSelect
          label={r.at === 'end' ? t`How long before` : t`How long after`}
          value={String(r.minutes ?? 0)}
          onChange={(e) => put({ minutes: Number(e.currentTarget.value) })}
          data={all.map((n) => ({ value: String(n), label: r.at === 'end' ? before(n) : after(n) }))}
        />
      )}
    </div>
  );
}
