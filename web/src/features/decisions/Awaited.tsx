import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { decisions } from '~/api';
import { useNow } from '~/api/clock';
import type { Decision, Awaited as One } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { Sure, toast, toastError } from '~/kit';
import { dayOf, whenOf } from '~/kit/time';
import { useChange } from './api';

/** Who was invited from outside and is not here yet, for those who may invite. */
export function Awaited({ decision: d }: { decision: Decision }) {
  return (
    <div className="dec-awaited no-print">
      <h3>{t`Invited from outside, not here yet`}</h3>
      <ul>
        {d.awaited.map((w) => (
          <li key={w.id}>
            <Line decision={d} awaited={w} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Line({ decision: d, awaited: w }: { decision: Decision; awaited: One }) {
  const { id: mine, zone } = useMe().person;
  const now = useNow(60_000);
  const [sure, setSure] = useState(false);
  const back = useChange(() => decisions.uninviteGuest(d.id, w.id));
  const whom = w.name || w.email;
  const sub = [
    w.by.id === mine ? '' : t`invited by ${w.by.name}`,
    w.mailed && !w.returned ? t`a mail went out` : '',
    t`link works until ${whenOf(w.expires_at, now, zone)}`,
    w.until ? t`guest until ${dayOf(w.until, now, zone)}` : '',
  ];
  return (
    <>
      <span className="dec-awaited-who">
        <bdi>{whom}</bdi>
        {w.name && <bdi className="due-note">{w.email}</bdi>}
      </span>
      <span className="due-note">{sub.filter(Boolean).join(' · ')}</span>
      {w.returned && (
        <span className="dec-awaited-lost">
          <strong>{t`The mail did not arrive.`}</strong>{' '}
          {t`Take the invitation back and invite them anew: at another address, or pass the link on yourself.`}{' '}
          <bdi className="due-note">{w.returned}</bdi>
        </span>
      )}
      <Button variant="default" size="compact-xs" onClick={() => setSure(true)}>
        {t`Take back`}
        <span className="hidden-words"> {whom}</span>
      </Button>
      {sure && (
        <Sure
          title={t`Take this invitation back?`}
          doIt={t`Take it back`}
          busy={back.isPending}
          onClose={() => setSure(false)}
          onDo={() =>
            back.mutate(undefined, {
              onSuccess: () => {
                setSure(false);
                toast(t`The invitation is taken back. Its link no longer works.`);
              },
              onError: toastError,
            })
          }
        >
          {t`Its link stops working at once. You can make a new one at any time.`}
        </Sure>
      )}
    </>
  );
}
