import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { Ballot, Decision } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { Failed, Older, Person, Section } from '~/kit';
import { ballotsQuery, openedQuery } from './api';
import { Marked, Reasons } from './Marked';

const Codes = lazy(() => import('./Codes').then((m) => ({ default: m.Codes })));

/** What others said, as far as it is open: with names, or without and in an order of its own. */
export function Voices({ decision: d }: { decision: Decision }) {
  if (d.rules.anonymous) return d.state === 'open' ? null : <Opened decision={d} />;
  return <Named decision={d} />;
}

function Named({ decision: d }: { decision: Decision }) {
  const found = useInfiniteQuery(ballotsQuery(d.id));
  const me = useMe().person.id;
  const list = (found.data?.pages.flatMap((p) => p.items) ?? []).filter((b) => b.person.id !== me);
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const sealed = d.rules.sealed && d.state === 'open' && !d.mine?.voted;
  if (list.length === 0)
    return sealed ? (
      <Section title={t`What others said`}>
        <p className="dec-note">{t`Sealed: the reasons of the others open with your own ballot.`}</p>
      </Section>
    ) : null;
  return (
    <Section title={t`What others said`}>
      <ul className="dec-voices">
        {list.map((b) => (
          <li key={b.id}>
            <Voice decision={d} ballot={b} />
          </li>
        ))}
      </ul>
      <Older of={found} words={t`Show more`} />
    </Section>
  );
}

function Voice({ decision: d, ballot: b }: { decision: Decision; ballot: Ballot }) {
  return (
    <>
      <p className="dec-voice-head">
        <Person person={b.person} />
        <Marked decision={d} marks={b.marks} />
      </p>
      <Reasons decision={d} marks={b.marks} />
      {b.first && (
        <p className="due-note">
          {b.moved_by ? t`Changed once, moved by the reason of ${b.moved_by.name}.` : t`Changed once.`}{' '}
          <span dir="auto">{b.moved_why}</span>
        </p>
      )}
    </>
  );
}

function Opened({ decision: d }: { decision: Decision }) {
  const found = useInfiniteQuery(openedQuery(d.id));
  const list = found.data?.pages.flatMap((p) => p.items) ?? [];
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (list.length === 0) return null;
  return (
    <Section title={t`The ballots, without names`}>
      <p className="dec-note">{t`In the order of their text. When they were cast, and by whom, is nowhere.`}</p>
      <ul className="dec-voices">
        {list.map((b, i) => (
          <li key={i}>
            <p className="dec-voice-head">
              <Marked decision={d} marks={b.marks} />
            </p>
            <Reasons decision={d} marks={b.marks} />
          </li>
        ))}
      </ul>
      <Older of={found} words={t`Show more`} />
      <Suspense>
        <Codes decision={d} />
      </Suspense>
    </Section>
  );
}
