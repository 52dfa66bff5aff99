import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Checkin, CheckinEntry, CheckinFigures, CheckinQuestion } from '~/api/checkins';
import { Empty, Failed, Loading, Section, Tag } from '~/kit';
import { answersQuery, figuresQuery } from './api';
import { Curve } from './Curve';
import { Hill, type OnHill } from './Hill';
import {
  dateWords,
  dayMonth,
  healthHue,
  healthWord,
  moodWord,
  numberWords,
  questionWords,
  roundUp,
} from './words';

/** Figures of whole weeks and five people or more, and where projects stand. */
export function TrendsTab({ c }: { c: Checkin }) {
  const found = useQuery(figuresQuery(c.id));
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={3} height={120} />;
  const { weeks } = found.data;
  return (
    <>
      <Standing c={c} />
      {weeks.length === 0 ? (
        <Empty title={t`There are no figures yet.`}>
          <p>
            {t`They are of whole weeks, counted once a week is over for everybody, and only of five people or more: a curve of the team’s mood, how many of those asked answered. Nobody is ever shown alone.`}
          </p>
        </Empty>
      ) : (
        <Figures figures={found.data} />
      )}
    </>
  );
}

function Figures({ figures: { weeks, questions } }: { figures: CheckinFigures }) {
  const answered = weeks.flatMap((w) =>
    w.answered == null ? [] : [{ monday: w.monday, value: w.answered }],
  );
  // More than a year of weeks needs the year to tell them apart.
  const weekWords = (monday: string) => dayMonth(monday, weeks.length > 45);
  const percent = (v: number) => t`${Math.round(v)} %`;
  return (
    <>
      {answered.length > 0 && (
        <Section title={t`How many of those asked answered`}>
          <Curve
            label={t`How many of those asked answered`}
            points={answered}
            lo={0}
            hi={100}
            week={weekWords}
            words={percent}
          />
        </Section>
      )}
      {questions.map((q) => {
        const points = weeks.flatMap((w) => {
          const value = w.means[q.key ?? ''];
          return value === undefined ? [] : [{ monday: w.monday, value }];
        });
        if (points.length === 0) return null;
        return (
          <Section key={q.key} title={titleOf(q)}>
            <Curve
              label={titleOf(q)}
              points={points}
              week={weekWords}
              {...scaleOf(
                q,
                points.map((p) => p.value),
              )}
            />
          </Section>
        );
      })}
      <p className="due-note">
        {t`Of whole weeks and of five people or more. Moods are rounded to halves and never said to be worse than 1.5 or better than 4.5, so that nobody can be read out of them.`}
      </p>
    </>
  );
}

const titleOf = (q: CheckinQuestion) =>
  q.kind === 'mood'
    ? t`The team’s mood`
    : q.kind === 'hill'
      ? t`All of them together: ${questionWords(q)}`
      : questionWords(q);

/** From where to where a curve goes, and how its values are said. */
function scaleOf(q: CheckinQuestion, values: number[]) {
  if (q.kind === 'mood')
    return { lo: 1, hi: 5, words: (v: number) => `${numberWords(v)} · ${moodWord(v)}`, axis: moodWord };
  if (q.kind === 'yes_no')
    return {
      lo: 0,
      hi: 1,
      words: (v: number) => t`${Math.round(v * 100)} % yes`,
      axis: (v: number) => t`${Math.round(v * 100)} %`,
    };
  if (q.kind === 'hill')
    return { lo: 0, hi: 100, words: (v: number) => t`${Math.round(v)} of 100`, axis: numberWords };
  const lo = -roundUp(-Math.min(0, ...values));
  const hi = roundUp(Math.max(0, ...values)) || (lo < 0 ? 0 : 1);
  const words = (v: number) => `${numberWords(v)} ${q.unit ?? ''}`.trim();
  return { lo, hi, words, axis: numberWords };
}

/** Where the projects stand, by everybody's latest update: on the hill, and how healthy. */
function Standing({ c }: { c: Checkin }) {
  const wanted = c.questions.filter((q) => q.kind === 'hill' || q.kind === 'health');
  const of = useInfiniteQuery({ ...answersQuery(c.id), enabled: wanted.length > 0 });
  const entries = of.data?.pages.flatMap((p) => p.items) ?? [];
  if (wanted.length === 0 || entries.length === 0) return null;
  return (
    <>
      {wanted.map((q) =>
        q.kind === 'hill' ? (
          <HillOf key={q.key} q={q} entries={entries} />
        ) : (
          <HealthOf key={q.key} q={q} entries={entries} />
        ),
      )}
    </>
  );
}

/** Each person's places on the hill: where they are, and where they were the time before. */
export function onHill(key: string, entries: CheckinEntry[]): OnHill[] {
  const found = new Map<string, OnHill>();
  for (const e of entries) {
    const at = e.said.find((s) => s.question === key)?.number;
    const one = found.get(e.person.id);
    if (at === undefined) continue;
    if (!one) found.set(e.person.id, { at, name: e.person.name });
    else if (one.from === undefined) one.from = at;
  }
  return [...found.values()];
}

function HillOf({ q, entries }: { q: CheckinQuestion; entries: CheckinEntry[] }) {
  const dots = onHill(q.key ?? '', entries);
  if (dots.length === 0) return null;
  return (
    <Section title={questionWords(q)}>
      <div className="chk-hill-large">
        <Hill dots={dots} label={t`The hill`} />
      </div>
    </Section>
  );
}

/** How many earlier answers stand beside the latest one. */
const earlier = 3;

function HealthOf({ q, entries }: { q: CheckinQuestion; entries: CheckinEntry[] }) {
  const told = healthOf(q.key ?? '', entries);
  if (told.length === 0) return null;
  return (
    <Section title={questionWords(q)}>
      <ul className="chk-health">
        {told.map(([latest, ...before]) => (
          <li key={latest.turn}>
            <bdi className="chk-health-who">{latest.name}</bdi>
            <Tag hue={healthHue(latest.text)}>{healthWord(latest.text)}</Tag>
            <span className="due-note">{dateWords(latest.date)}</span>
            {before.length > 0 && (
              <span className="due-note chk-health-before">
                {t`before`}:{' '}
                {before
                  .slice(0, earlier)
                  .map((b) => `${healthWord(b.text)}, ${dayMonth(b.date)}`)
                  .join(' · ')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

type Healthy = { turn: string; name: string; date: string; text: string };

/** What each person said to a question, the newest first. */
export function healthOf(key: string, entries: CheckinEntry[]): [Healthy, ...Healthy[]][] {
  const found = new Map<string, [Healthy, ...Healthy[]]>();
  for (const e of entries) {
    const text = e.said.find((s) => s.question === key)?.text;
    if (!text) continue;
    const one = { turn: e.turn, name: e.person.name, date: e.date, text };
    const have = found.get(e.person.id);
    if (have) have.push(one);
    else found.set(e.person.id, [one]);
  }
  return [...found.values()];
}
