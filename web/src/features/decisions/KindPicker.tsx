import { t } from '@lingui/core/macro';
import type { DecisionKind, KindAbout } from '~/api/decisions';
import { Loading, Section } from '~/kit';
import { KindIcon } from './KindIcon';
import { kindWord } from './words';

/** The kinds of decision, each in a plain sentence; of the chosen one, what its ballot looks like. */
export function KindPicker({
  kinds,
  value,
  onChange,
}: {
  kinds: KindAbout[] | undefined;
  value: DecisionKind;
  onChange: (kind: DecisionKind) => void;
}) {
  const chosen = kinds?.find((k) => k.kind === value)?.methods[0];
  return (
    <Section title={t`What kind of decision`}>
      {!kinds && <Loading rows={3} />}
      {kinds && (
        <div className="dec-kinds" role="radiogroup" aria-label={t`What kind of decision`}>
          {kinds.map((k) => (
            <label key={k.kind} className="dec-kind" data-on={k.kind === value || undefined}>
              <input type="radio" name="kind" checked={k.kind === value} onChange={() => onChange(k.kind)} />
              <span className="dec-kind-icon">
                <KindIcon kind={k.kind} />
              </span>
              <span>
                <strong>{kindWord(k.kind)}</strong>
                <span className="due-note">{k.says}</span>
              </span>
            </label>
          ))}
        </div>
      )}
      {chosen && (
        <dl className="dec-about" aria-live="polite">
          <dt>{t`How it goes`}</dt>
          <dd>{chosen.sentence}</dd>
          <dt>{t`The ballot`}</dt>
          <dd>{chosen.asks}</dd>
          <dt>{t`Ties`}</dt>
          <dd>{chosen.ties}</dd>
        </dl>
      )}
    </Section>
  );
}
