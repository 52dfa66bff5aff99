import { t } from '@lingui/core/macro';
import type { Decision, Marks } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { optionName } from './words';

/** The marks of a ballot in a line; nothing while they are hidden. */
export function Marked({ decision: d, marks: m }: { decision: Decision; marks: Marks }) {
  const zone = useMe().person.zone;
  const name = (key: string) => {
    const o = d.options.find((x) => x.key === key);
    return o ? optionName(o, zone) : key;
  };
  return <bdi className="dec-marked">{m.abstain ? t`abstains` : markWords(d, m, name)}</bdi>;
}

function markWords(d: Decision, m: Marks, name: (key: string) => string): string {
  if (d.kind === 'consent')
    return m.choice
      ? ({ consent: t`consents`, concern: t`consents, with a concern`, object: t`objects` }[m.choice] ?? '')
      : '';
  if (m.choice) return name(m.choice);
  if (m.ranking) return m.ranking.map((g) => (g ?? []).map(name).join(' = ')).join(' › ');
  if (m.approved) return m.approved.map(name).join(', ');
  const says = d.kind === 'time' ? [t`no`, t`if need be`, t`yes`] : null;
  return d.options
    .filter((o) => m.scores?.[o.key] !== undefined)
    .map((o) => `${name(o.key)}: ${says?.[m.scores?.[o.key] ?? 0] ?? m.scores?.[o.key]}`)
    .join(', ');
}

/** The reasons of a ballot: one for all of it, and those for single options. */
export function Reasons({ decision: d, marks: m }: { decision: Decision; marks: Marks }) {
  const zone = useMe().person.zone;
  return (
    <>
      {m.reason && (
        <p dir="auto" className="dec-plain">
          {m.reason}
        </p>
      )}
      {d.options
        .filter((o) => m.reasons?.[o.key])
        .map((o) => (
          <p key={o.key} dir="auto" className="dec-plain">
            <span className="due-note">{optionName(o, zone)}:</span> {m.reasons?.[o.key]}
          </p>
        ))}
    </>
  );
}
