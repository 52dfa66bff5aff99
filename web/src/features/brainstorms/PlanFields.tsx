import { t } from '@lingui/core/macro';
import { Checkbox, NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { now } from '~/api/clock';
import { useMe } from '~/api/queries';
import { type Draft, type End, type StepDraft, usualUntil } from './plan';
import { phaseWhat, phaseWord } from './words';

type Plan = Pick<Draft, 'byHand' | 'steps'>;
type Props = {
  draft: Plan;
  onChange: (part: Partial<Plan>) => void;
  /** The phase that is going on and cannot be left out. */
  present?: StepDraft['phase'];
};

/** Which phases there are, and how each ends. */
export function PlanFields({ draft, onChange, present = 'collect' }: Props) {
  const put = (at: number, part: Partial<StepDraft>) =>
    onChange({ steps: draft.steps.map((s, i) => (i === at ? { ...s, ...part } : s)) });
  return (
    <fieldset className="bs-set">
      <legend>{t`Phases`}</legend>
      <Switch
        checked={draft.byHand}
        onChange={(e) => onChange({ byHand: e.currentTarget.checked })}
        label={t`I go from phase to phase by hand`}
        description={t`Otherwise a phase ends when everybody is done, or has had their share of their own working hours.`}
      />
      <ol className="bs-plan">
        {draft.steps.map((step, at) => (
          <PlanRow
            key={step.phase}
            step={step}
            at={at}
            byHand={draft.byHand}
            fixed={step.phase === present}
            onChange={(part) => put(at, part)}
          />
        ))}
      </ol>
    </fieldset>
  );
}

type RowProps = {
  step: StepDraft;
  at: number;
  byHand: boolean;
  fixed: boolean;
  onChange: (part: Partial<StepDraft>) => void;
};

function PlanRow({ step, at, byHand, fixed, onChange }: RowProps) {
  const zone = useMe().person.zone;
  const name = phaseWord(step.phase);
  const ends: { value: End; label: string }[] = [
    { value: 'share', label: t`everybody gets` },
    { value: 'fixed', label: t`until` },
    { value: 'hand', label: t`when all are done` },
  ];
  return (
    <li>
      <Checkbox
        label={name}
        description={phaseWhat(step.phase)}
        checked={step.on}
        disabled={fixed}
        onChange={(e) => onChange({ on: e.currentTarget.checked })}
      />
      {step.on && !byHand && (
        <div className="bs-plan-end">
          <NativeSelect
            aria-label={t`How ${name} ends`}
            size="xs"
            value={step.end}
            data={ends}
            onChange={(e) =>
              onChange({
                end: e.currentTarget.value as End,
                until: step.until || usualUntil(now(), zone, 2 * (at + 1)),
              })
            }
          />
          {step.end === 'share' && (
            <NumberInput
              aria-label={t`Working hours for ${name}`}
              size="xs"
              w={110}
              min={1}
              max={200}
              clampBehavior="strict"
              allowDecimal={false}
              suffix={t` h of work`}
              value={step.hours}
              onChange={(v) => onChange({ hours: Math.max(1, Number(v) || 1) })}
            />
          )}
          {step.end === 'fixed' && (
            <TextInput
              aria-label={t`When ${name} ends, on your clock`}
              size="xs"
              type="datetime-local"
              value={step.until}
              onChange={(e) => onChange({ until: e.currentTarget.value })}
            />
          )}
        </div>
      )}
    </li>
  );
}
