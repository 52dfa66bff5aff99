import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { decisions } from '~/api';
import { useNow } from '~/api/clock';
import type { Decision } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { MarkdownView, Person, toast, When, Wrong } from '~/kit';
import { dateOf, dayOf, instantOf } from '~/kit/time';
import { useChange } from './api';
import { optionName } from './words';

/** What came of it: the outcome, why, what spoke against it, and when it is looked at again. */
export function Conclusion({ decision: d }: { decision: Decision }) {
  const zone = useMe().person.zone;
  const out = d.decided;
  if (!out) return null;
  const chosen = d.options.filter((o) => out.chosen.includes(o.key));
  return (
    <section className="dec-outcome" aria-label={t`Outcome`}>
      <h2>{t`Outcome`}</h2>
      {chosen.length > 0 && (
        <p className="dec-chosen">
          <bdi>{chosen.map((o) => optionName(o, zone)).join(', ')}</bdi>
        </p>
      )}
      {out.differs && <p className="due-note">{t`This is not what was counted. The reason stands below.`}</p>}
      <MarkdownView html={out.html} />
      <dl>
        {out.reason && (
          <>
            <dt>{t`Why`}</dt>
            <dd dir="auto" className="dec-plain">
              {out.reason}
            </dd>
          </>
        )}
        {out.dissent && (
          <>
            <dt>{t`What spoke against it`}</dt>
            <dd dir="auto" className="dec-plain">
              {out.dissent}
            </dd>
          </>
        )}
        {out.supersedes.length > 0 && (
          <>
            <dt>{t`Replaces`}</dt>
            <dd>
              {out.supersedes.map((s) => (
                <Link key={s.id} to="/decisions/$decision" params={{ decision: s.id }} className="dec-ref">
                  <bdi>{s.title}</bdi>
                </Link>
              ))}
            </dd>
          </>
        )}
        <dt>{t`Decided`}</dt>
        <dd>
          <When at={out.at} /> <Person person={out.by} />
        </dd>
        <Review decision={d} />
      </dl>
    </section>
  );
}

function Review({ decision: d }: { decision: Decision }) {
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  const [next, setNext] = useState('');
  const [open, setOpen] = useState(false);
  const review = useChange(() =>
    decisions.review(d.id, next ? new Date(instantOf(next, '09:00', zone)).toISOString() : undefined),
  );
  const out = d.decided;
  if (!out || (!out.review_at && !out.reviewed_at && !d.may.review)) return null;
  const due = !!out.review_at && Date.parse(out.review_at) <= now;
  const words = out.review_at
    ? due
      ? t`due since ${dayOf(out.review_at, now, zone)}`
      : dayOf(out.review_at, now, zone)
    : t`no day is set`;
  return (
    <>
      <dt>{t`To be looked at again`}</dt>
      <dd>
        {words}
        {out.reviewed_at && ` · ${t`last looked at ${dayOf(out.reviewed_at, now, zone)}, and it held`}`}
        {d.may.review && !open && (
          <Button
            className="no-print"
            variant={due ? 'filled' : 'subtle'}
            color={due ? undefined : 'gray'}
            size="compact-xs"
            ms={8}
            onClick={() => setOpen(true)}
          >
            {t`It still holds…`}
          </Button>
        )}
        {open && (
          <form
            className="dec-inline no-print"
            onSubmit={(e) => {
              e.preventDefault();
              review.mutate(undefined, {
                onSuccess: () => {
                  setOpen(false);
                  toast(t`Noted: it holds.`);
                },
              });
            }}
          >
            <TextInput
              type="date"
              size="xs"
              label={t`Look at it once more on (optional)`}
              min={dateOf(now + 86_400_000, zone)}
              value={next}
              onChange={(e) => setNext(e.currentTarget.value)}
            />
            <Button type="submit" size="xs" loading={review.isPending}>
              {t`It holds`}
            </Button>
            <Button variant="default" size="xs" onClick={() => setOpen(false)}>
              {t`Cancel`}
            </Button>
            <Wrong error={review.error} />
          </form>
        )}
      </dd>
    </>
  );
}
