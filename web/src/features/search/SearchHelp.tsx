import { t } from '@lingui/core/macro';
import { now } from '~/api/clock';
import { useMe } from '~/api/queries';
import { dateOf } from '~/kit/time';
import { type FilterName, withFilter } from './filters';

type Props = { typed: string; write: (q: string) => void; open?: boolean };

/** What can be written beside words; a press writes it. */
export function SearchHelp({ typed, write, open }: Props) {
  const zone = useMe().person.zone;
  const ways: [FilterName, string, string][] = [
    ['from', '', t`what somebody wrote: from:mei, or from:me`],
    ['in', '', t`one space: in:platform`],
    ['owed', 'me', t`where somebody owes an answer: owed:me, owed:kofi`],
    ['before', dateOf(now(), zone), t`older than a day: before:2026-03-01`],
  ];
  if (!open) {
    return (
      <p className="search-hints" id="search-help">
        <span>{t`Narrow it:`}</span>
        {ways.map(([name, value, words]) => (
          <button
            key={name}
            type="button"
            title={words}
            onClick={() => write(withFilter(typed, name, value))}
          >
            {name}:
          </button>
        ))}
      </p>
    );
  }
  return (
    <section className="search-help" aria-labelledby="search-help">
      <h2 id="search-help">{t`What you can write`}</h2>
      <dl>
        {ways.map(([name, value, words]) => (
          <div key={name}>
            <dt>
              <button type="button" onClick={() => write(withFilter(typed, name, value))}>
                {name}:
              </button>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
        <div>
          <dt>“ ”</dt>
          <dd>{t`words that stand side by side: "release train"`}</dd>
        </div>
        <div>
          <dt>*</dt>
          <dd>{t`a word's beginning: replic*`}</dd>
        </div>
      </dl>
    </section>
  );
}
