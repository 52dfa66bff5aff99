import { t } from '@lingui/core/macro';
import { ActionIcon, NumberInput } from '@mantine/core';
import { IconCheck, IconMinus, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Decision, DecisionOption, Marks } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { dotsLeft } from './ballot';
import { OptionLine } from './Options';
import { optionName } from './words';

export type FieldProps = { decision: Decision; marks: Marks; set: (part: Marks) => void };

/** One big choice among some: a radio or a check box with room for words. */
function Big({
  type,
  group,
  on,
  onChange,
  children,
}: {
  type: 'radio' | 'checkbox';
  group: string;
  on: boolean;
  onChange: () => void;
  children: ReactNode;
}) {
  return (
    <label className="dec-big" data-on={on || undefined}>
      <input type={type} name={group} checked={on} onChange={onChange} />
      <span className="dec-tick" data-type={type} aria-hidden>
        {on && <IconCheck size={14} stroke={3} />}
      </span>
      <span className="dec-big-words">{children}</span>
    </label>
  );
}

/** Consent: four things one can say to a proposal. */
export function ConsentChoices({ marks, set }: FieldProps) {
  const all = [
    ['consent', t`I consent`, t`Good enough for now, safe enough to try.`],
    [
      'concern',
      t`I consent, with a concern`,
      t`It does not stand in the way, and is kept with the decision.`,
    ],
    ['object', t`I object`, t`It would do harm as it is. It is resolved with you, or overruled in writing.`],
    ['abstain', t`I abstain`, t`I take part and leave it to the others.`],
  ] as const;
  const on = marks.abstain ? 'abstain' : marks.choice;
  return (
    <div className="dec-bigs" role="radiogroup" aria-label={t`What you say to it`}>
      {all.map(([key, name, note]) => (
        <Big
          key={key}
          type="radio"
          group="stance"
          on={on === key}
          onChange={() =>
            set(key === 'abstain' ? { abstain: true, choice: '' } : { abstain: false, choice: key })
          }
        >
          <strong>{name}</strong>
          <span className="due-note">{note}</span>
        </Big>
      ))}
    </div>
  );
}

/** One of the options. */
export function OneChoice({ decision, marks, set }: FieldProps) {
  return (
    <div className="dec-bigs" role="radiogroup" aria-label={t`The options`}>
      {decision.options.map((o) => (
        <Big
          key={o.key}
          type="radio"
          group="choice"
          on={!marks.abstain && marks.choice === o.key}
          onChange={() => set({ abstain: false, choice: o.key })}
        >
          <OptionLine option={o} />
        </Big>
      ))}
    </div>
  );
}

/** Any number of the options. */
export function ManyChoices({ decision, marks, set }: FieldProps) {
  const on = marks.abstain ? [] : (marks.approved ?? []);
  const flip = (key: string) =>
    set({ abstain: false, approved: on.includes(key) ? on.filter((k) => k !== key) : [...on, key] });
  return (
    <div className="dec-bigs" role="group" aria-label={t`The options`}>
      {decision.options.map((o) => (
        <Big key={o.key} type="checkbox" group={o.key} on={on.includes(o.key)} onChange={() => flip(o.key)}>
          <OptionLine option={o} />
        </Big>
      ))}
    </div>
  );
}

/** Points for each option: buttons on a short scale, a number on a long one. */
export function Scores({ decision, marks, set }: FieldProps) {
  const most = decision.rules.most;
  const scores = marks.scores ?? {};
  const put = (key: string, n: number | undefined) => {
    const { [key]: _, ...rest } = scores;
    set({ abstain: false, scores: n === undefined ? rest : { ...rest, [key]: n } });
  };
  const zone = useMe().person.zone;
  return (
    <ul className="dec-lines">
      {decision.options.map((o) => (
        <li key={o.key} className="dec-line">
          <OptionLine option={o} />
          {most <= 10 ? (
            <Scale
              name={o.key}
              label={t`Points for ${optionName(o, zone)}`}
              values={Array.from({ length: most + 1 }, (_, n) => [n, String(n)])}
              value={scores[o.key]}
              onChange={(n) => put(o.key, n)}
            />
          ) : (
            <NumberInput
              aria-label={t`Points for ${optionName(o, zone)}, 0 to ${most}`}
              min={0}
              max={most}
              w={110}
              value={scores[o.key] ?? ''}
              onChange={(n) => put(o.key, n === '' ? undefined : Number(n))}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

/** A row of radios that look like one switch. */
export function Scale({
  name,
  label,
  values,
  value,
  onChange,
}: {
  name: string;
  label: string;
  values: [number, string][];
  value: number | undefined;
  onChange: (n: number) => void;
}) {
  return (
    <fieldset className="dec-scale">
      <legend className="hidden-words">{label}</legend>
      {values.map(([n, word]) => (
        <label key={n} data-on={value === n || undefined} data-value={n}>
          <input type="radio" name={`scale ${name}`} checked={value === n} onChange={() => onChange(n)} />
          <span>{word}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A handful of dots to give out. */
export function Dots({ decision, marks, set }: FieldProps) {
  const zone = useMe().person.zone;
  const most = decision.rules.most;
  const left = dotsLeft(most, marks);
  const scores = marks.scores ?? {};
  const put = (o: DecisionOption, n: number) => {
    const { [o.key]: _, ...rest } = scores;
    set({ abstain: false, scores: n > 0 ? { ...rest, [o.key]: n } : rest });
  };
  return (
    <>
      <p className="dec-left" aria-live="polite">
        <strong>{t`${left} of ${most} dots left`}</strong>{' '}
        <span className="dec-dots" aria-hidden>
          {most <= 20 && '●'.repeat(Math.max(0, left))}
          {most <= 20 && <span className="dec-dots-gone">{'○'.repeat(most - Math.max(0, left))}</span>}
        </span>
      </p>
      <ul className="dec-lines">
        {decision.options.map((o) => {
          const n = scores[o.key] ?? 0;
          const name = optionName(o, zone);
          return (
            <li key={o.key} className="dec-line">
              <OptionLine option={o} />
              <span className="dec-stepper" role="group" aria-label={t`Dots for ${name}`}>
                <ActionIcon
                  variant="default"
                  size="lg"
                  aria-label={t`A dot less for ${name}`}
                  disabled={n === 0}
                  onClick={() => put(o, n - 1)}
                >
                  <IconMinus size={15} />
                </ActionIcon>
                <output aria-label={t`Dots for ${name}`}>{n}</output>
                <ActionIcon
                  variant="default"
                  size="lg"
                  aria-label={t`A dot more for ${name}`}
                  disabled={left <= 0}
                  onClick={() => put(o, n + 1)}
                >
                  <IconPlus size={15} />
                </ActionIcon>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
