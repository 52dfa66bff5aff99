import { t } from '@lingui/core/macro';
import { NumberInput } from '@mantine/core';
import type { VoteRule } from '~/api/brainstorms';
import { methods } from './words';

type Rule = Required<VoteRule>;

/** How everybody votes. */
export function VoteFields({ value, onChange }: { value: Rule; onChange: (rule: Rule) => void }) {
  return (
    <fieldset className="bs-set">
      <legend>{t`How we vote`}</legend>
      <div className="bs-templates">
        {methods().map((m) => (
          <label key={m.value} className="bs-template">
            <input
              type="radio"
              name="method"
              value={m.value}
              checked={m.value === value.method}
              onChange={() => onChange({ ...value, method: m.value })}
            />
            <span className="bs-template-name">{m.label}</span>
            <span className="due-note">{m.what}</span>
          </label>
        ))}
      </div>
      {value.method === 'dots' && (
        <div className="bs-two">
          <NumberInput
            label={t`Dots for everybody`}
            min={1}
            max={100}
            value={value.dots}
            onChange={(v) => onChange({ ...value, dots: Math.max(1, Number(v) || 1) })}
          />
          <NumberInput
            label={t`Of these, at most on one idea`}
            min={1}
            max={value.dots}
            value={Math.min(value.most, value.dots)}
            onChange={(v) => onChange({ ...value, most: Math.max(1, Number(v) || 1) })}
          />
        </div>
      )}
    </fieldset>
  );
}
