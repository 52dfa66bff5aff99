import { t } from '@lingui/core/macro';
import { IconMinus, IconPlus, IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import { memo } from 'react';
import type { VoteRule } from '~/api/brainstorms';
import type { Id } from '~/api/types';

export type Vote = { value: number; effort: number };
type Props = {
  rule: VoteRule;
  idea: Id;
  name: string;
  vote: Vote | undefined;
  /** The most that this idea can be given now. */
  most: number;
  give: (idea: Id, vote: { value: number; effort?: number } | null) => void;
};

/** How one idea is voted on, by the rule of its brainstorm. */
export const VoteField = memo(function VoteField(props: Props) {
  switch (props.rule.method) {
    case 'likes':
      return <Likes {...props} />;
    case 'dots':
      return <Dots {...props} />;
    case 'points':
      return <Points {...props} />;
    case 'scale':
      return <Scale {...props} />;
    default:
      return <ImpactEffort {...props} />;
  }
});

function Likes({ idea, name, vote, give }: Props) {
  const put = (value: number) => give(idea, vote?.value === value ? null : { value });
  return (
    <div className="bs-vote" role="group" aria-label={t`Your vote on: ${name}`}>
      <button type="button" aria-pressed={vote?.value === 1} onClick={() => put(1)}>
        <IconThumbUp size={16} aria-hidden /> {t`Like`}
      </button>
      <button type="button" aria-pressed={vote?.value === -1} onClick={() => put(-1)}>
        <IconThumbDown size={16} aria-hidden /> {t`Rather not`}
      </button>
    </div>
  );
}

function Dots({ idea, name, vote, most, give }: Props) {
  const n = vote?.value ?? 0;
  return (
    <div className="bs-vote" role="group" aria-label={t`Your dots on: ${name}`}>
      <button
        type="button"
        disabled={n === 0}
        aria-label={t`Take a dot back from ${name}`}
        onClick={() => give(idea, n === 1 ? null : { value: n - 1 })}
      >
        <IconMinus size={16} aria-hidden />
      </button>
      <span className="bs-dots" aria-hidden>
        {n > 6 ? `● × ${n}` : '●'.repeat(n) + '○'.repeat(Math.max(0, Math.min(most, 6) - n))}
      </span>
      <span className="hidden-words" role="status">
        {n === 1 ? t`1 dot` : t`${n} dots`}
      </span>
      <button
        type="button"
        disabled={n >= most}
        aria-label={t`Give a dot to ${name}`}
        onClick={() => give(idea, { value: n + 1 })}
      >
        <IconPlus size={16} aria-hidden />
      </button>
    </div>
  );
}

function Points({ idea, name, vote, most, give }: Props) {
  return (
    <label className="bs-vote">
      <input
        type="number"
        inputMode="numeric"
        min={0}
        max={most}
        value={vote?.value ?? ''}
        placeholder="0"
        aria-label={t`Points for ${name}`}
        onChange={(e) => {
          const value = Math.min(most, Math.max(0, Math.round(e.currentTarget.valueAsNumber || 0)));
          give(idea, value === 0 ? null : { value });
        }}
      />
      <span className="due-note">{t`points`}</span>
    </label>
  );
}

const steps = [-3, -2, -1, 0, 1, 2, 3];
export const signed = (n: number): string => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0');

function Scale({ idea, name, vote, give }: Props) {
  return (
    <fieldset className="bs-vote bs-scale">
      <legend className="hidden-words">{t`From against to for: ${name}`}</legend>
      {steps.map((n) => (
        <label key={n} data-on={vote?.value === n || undefined}>
          <input
            type="radio"
            name={`scale ${idea}`}
            checked={vote?.value === n}
            onChange={() => give(idea, { value: n })}
          />
          {signed(n)}
        </label>
      ))}
      {vote && (
        <button type="button" aria-label={t`No vote on ${name}`} onClick={() => give(idea, null)}>
          ×
        </button>
      )}
    </fieldset>
  );
}

function ImpactEffort({ idea, name, vote, give }: Props) {
  const pick = (label: string, aria: string, value: number | undefined, put: (n: number) => void) => (
    <label>
      <span className="due-note">{label}</span>
      <select
        aria-label={aria}
        value={value ?? ''}
        onChange={(e) => (e.currentTarget.value ? put(Number(e.currentTarget.value)) : give(idea, null))}
      >
        <option value="">–</option>
        {[1, 2, 3, 4, 5].map((n) => (
          <option key={n} value={n}>
            {n}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div className="bs-vote bs-two-picks" role="group" aria-label={t`Your vote on: ${name}`}>
      {pick(t`Impact`, t`Impact of ${name}`, vote?.value, (value) =>
        give(idea, { value, effort: vote?.effort || 3 }),
      )}
      {pick(t`Effort`, t`Effort of ${name}`, vote?.effort, (effort) =>
        give(idea, { value: vote?.value || 3, effort }),
      )}
    </div>
  );
}
