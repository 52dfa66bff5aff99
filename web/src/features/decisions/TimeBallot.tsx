import { t } from '@lingui/core/macro';
import { useMe } from '~/api/queries';
import { type FieldProps, Scale } from './Choices';
import { OptionLine } from './Options';
import { optionName } from './words';

/** Which times suit: yes, if need be, no, each time on everybody's clock. */
export function TimeBallot({ decision, marks, set }: FieldProps) {
  const zone = useMe().person.zone;
  const scores = marks.scores ?? {};
  const values: [number, string][] = [
    [2, t`Yes`],
    [1, t`If need be`],
    [0, t`No`],
  ];
  return (
    <ul className="dec-lines">
      {decision.options.map((o) => (
        <li key={o.key} className="dec-line">
          <OptionLine option={o} />
          <Scale
            name={o.key}
            label={t`Does ${optionName(o, zone)} suit you?`}
            values={values}
            value={scores[o.key]}
            onChange={(n) => set({ abstain: false, scores: { ...scores, [o.key]: n } })}
          />
        </li>
      ))}
    </ul>
  );
}
