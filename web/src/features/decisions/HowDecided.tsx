import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import type { Decision } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { Section } from '~/kit';
import { kindsQuery } from './api';
import { optionName, ruleWords } from './words';

/** How it is counted: fixed before anybody votes, and told to whoever wants to check. */
export function HowDecided({ decision: d }: { decision: Decision }) {
  const zone = useMe().person.zone;
  const methods = useQuery(kindsQuery).data?.find((k) => k.kind === d.kind)?.methods;
  const about =
    methods?.find((m) => m.key === d.rules.method) ??
    (d.kind === 'majority' && d.rules.share === 'most' ? methods?.[1] : methods?.[0]);
  const name = (key: string) => {
    const o = d.options.find((x) => x.key === key);
    return o ? optionName(o, zone) : key;
  };
  return (
    <Section title={t`How it is decided`}>
      <div className="dec-how">
        {about && <p>{about.sentence}</p>}
        <ul>
          {ruleWords(d).map((line) => (
            <li key={line}>{line}</li>
          ))}
          {about && d.kind !== 'sense_check' && <li>{t`Ties: ${about.ties}`}</li>}
          {d.tie_order.length > 0 && !['consent', 'advice', 'sense_check'].includes(d.kind) && (
            <li>
              {t`The tie order, drawn when it opened:`} <bdi>{d.tie_order.map(name).join(' › ')}</bdi>{' '}
              <span className="due-note">{t`from the seed`}</span> <code className="dec-seed">{d.seed}</code>
            </li>
          )}
          {about && <li className="due-note">{t`Source: ${about.source}`}</li>}
        </ul>
      </div>
    </Section>
  );
}
