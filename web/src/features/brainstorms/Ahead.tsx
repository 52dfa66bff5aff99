import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type {
  Brainstorm,
  BrainstormAhead,
  BrainstormPerson,
  NewBrainstorm,
  PlanStep,
} from '~/api/brainstorms';
import { useNow } from '~/api/clock';
import { Face, Name, Tag, Wrong } from '~/kit';
import { cityOf, shortWhen, spanOf, whenOf } from '~/kit/time';
import { aheadQuery, changeAheadQuery } from './api';
import { phaseWord } from './words';

type Props = { body: NewBrainstorm; zone: string; onLeaveOut: (person: string) => void };

/** When each phase would end, on the reader's clock and on that of everybody who takes part. */
export function Ahead({ body, zone, onLeaveOut }: Props) {
  // Words do not move an end: only what does is asked about.
  const { title: _, prompt: __, ...plan } = body;
  const [asked] = useDebouncedValue(JSON.stringify(plan), 300);
  const found = useQuery(aheadQuery(JSON.parse(asked)));
  return (
    <AheadList
      title={t`If it begins now`}
      found={found}
      zone={zone}
      named={body.people}
      onLeaveOut={onLeaveOut}
    />
  );
}

/** The same for a brainstorm that is under way, with a changed plan. */
export function ChangeAhead({ b, body, zone }: { b: Brainstorm; body: Change; zone: string }) {
  const [asked] = useDebouncedValue(JSON.stringify(body), 300);
  const found = useQuery(changeAheadQuery(b.id, JSON.parse(asked)));
  return <AheadList title={t`With these phases`} found={found} zone={zone} />;
}

type Change = { by_hand: boolean; plan: PlanStep[] };
type ListProps = {
  title: string;
  found: UseQueryResult<BrainstormAhead[]>;
  zone: string;
  named?: string[] | null;
  onLeaveOut?: (person: string) => void;
};

function AheadList({ title, found, zone, named, onLeaveOut }: ListProps) {
  const now = useNow();
  const last = found.data?.at(-1)?.end;
  return (
    <section className="bs-ahead forecast" aria-label={t`When each phase would end`} aria-live="polite">
      <h2>{title}</h2>
      {found.error ? (
        <Wrong error={found.error} />
      ) : !found.data ? (
        <p className="due-note">{t`Working it out…`}</p>
      ) : (
        <>
          <ol className="bs-ahead-list">
            {found.data.map((step) => (
              <AheadStep
                key={step.phase}
                step={step}
                zone={zone}
                now={now}
                onLeaveOut={step.without && named?.includes(step.without.person.id) ? onLeaveOut : undefined}
              />
            ))}
          </ol>
          {last && (
            <p className="due-note">{t`Results are open ${whenOf(last, now, zone)} at the latest, in ${spanOf(Date.parse(last) - now)}; earlier when everybody is done.`}</p>
          )}
        </>
      )}
    </section>
  );
}

type StepProps = { step: BrainstormAhead; zone: string; now: number; onLeaveOut?: (person: string) => void };

function AheadStep({ step, zone, now, onLeaveOut }: StepProps) {
  const out = step.without;
  const word = phaseWord(step.phase);
  return (
    <li>
      <div className="bs-ahead-head">
        <strong>{word}</strong>
        <span>
          {!step.end
            ? t`until you go on`
            : Date.parse(step.end) <= now
              ? t`ends at once: everybody has had that much`
              : t`until ${shortWhen(step.end, now, zone)}`}
        </span>
      </div>
      {out && <p className="due-note">{out.says}</p>}
      {out && onLeaveOut && (
        <Button variant="default" size="compact-xs" onClick={() => onLeaveOut(out.person.id)}>
          {t`Leave ${out.person.name} out`}
        </Button>
      )}
      <Unfair people={step.people} />
      {step.people.length > 0 && (
        <details>
          <summary>
            {step.people.some((p) => p.minutes !== null)
              ? t`How much of their own time each has`
              : t`By when each has had their share`}
          </summary>
          <ul>
            {step.people.map(({ person, share, minutes, unfair }) => (
              <li key={person.id}>
                <Face name={person.name} size={20} />
                <Name person={person} />
                <span className="due-note">
                  {minutes !== null
                    ? hoursWords(minutes)
                    : share
                      ? `${shortWhen(share, now, person.zone)} ${cityOf(person.zone)}${person.zone === zone ? '' : ` · ${t`${shortWhen(share, now, zone)} for you`}`}`
                      : t`no hours in sight`}
                </span>
                {unfair && <Tag hue="yellow">{t`unfair`}</Tag>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** To whom a fixed end is unfair. */
export function Unfair({ people }: { people: BrainstormPerson[] }) {
  const list = people.filter((p) => p.unfair);
  if (list.length === 0) return null;
  const some = list
    .slice(0, 4)
    .map((p) => `${p.person.name} (${hoursWords(p.minutes ?? 0)})`)
    .join(', ');
  const rest = list.length - 4;
  return (
    <p className="bs-unfair">
      {rest > 0
        ? t`This end is unfair to ${some} and ${rest} others: they have less than half of the working time that others have.`
        : t`This end is unfair to ${some}: less than half of the working time that others have.`}
    </p>
  );
}

/** A length of working time: "3 h 30 min". */
function hoursWords(minutes: number): string {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  if (h === 0) return m === 0 ? t`no time` : t`${m} min`;
  return m === 0 ? t`${h} h` : t`${h} h ${m} min`;
}
