import { t } from '@lingui/core/macro';
import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { decisions } from '~/api';
import { useNow } from '~/api/clock';
import type { Decision, Voter } from '~/api/decisions';
import { useMe } from '~/api/queries';
import type { Page } from '~/api/types';
import { Older, Person, Section, Sure, toast, toastError } from '~/kit';
import { cityOf, whenOf } from '~/kit/time';
import { useChange } from './api';

const Awaited = lazy(() => import('./Awaited').then((m) => ({ default: m.Awaited })));
const GuestForm = lazy(() => import('./GuestForm').then((m) => ({ default: m.GuestForm })));

type Rows = UseInfiniteQueryResult<InfiniteData<Page<Voter & { id: string }>>>;

/** Who is entitled, and until when each has their share of hours. Nobody is shown as missing. */
export function Voters({ decision: d, of }: { decision: Decision; of: Rows }) {
  const list = of.data?.pages.flatMap((p) => p.items) ?? [];
  const [inviting, setInviting] = useState(false);
  if (list.length === 0) return null;
  return (
    <Section title={t`Who is entitled`}>
      <details className="dec-voters" open={d.state === 'open'}>
        <summary>{t`${d.entitled} people`}</summary>
        <ul>
          {list.map((v) => (
            <li key={v.id}>
              <One decision={d} voter={v} />
            </li>
          ))}
        </ul>
        <Older of={of} words={t`Show more`} />
      </details>
      <Suspense>{d.awaited.length > 0 && <Awaited decision={d} />}</Suspense>
      <Suspense>{inviting && <GuestForm decision={d} onClose={() => setInviting(false)} />}</Suspense>
      {d.may.invite && (
        <Button variant="default" size="compact-sm" mt="sm" onClick={() => setInviting(true)}>
          {t`Invite somebody from outside…`}
        </Button>
      )}
    </Section>
  );
}

function One({ decision: d, voter: v }: { decision: Decision; voter: Voter }) {
  const me = useMe().person;
  const now = useNow(60_000);
  const [sure, setSure] = useState(false);
  const out = useChange(() => decisions.uninvite(d.id, v.person.id));
  const share = v.share_at;
  const when = (at: string) => whenOf(at, now, me.zone);
  const apart = v.person.zone !== me.zone;
  const words = v.voted
    ? t`had their say`
    : v.declined
      ? t`said that they will not vote`
      : d.state !== 'open' || !share
        ? ''
        : Date.parse(share) > now
          ? t`has their share of hours by ${when(share)}`
          : t`has had their share of hours`;
  return (
    <>
      <Person person={v.person} note={v.guest ? t`guest` : undefined} />
      <span className="due-note">
        {words}
        {apart && share && !v.voted && d.state === 'open' && Date.parse(share) > now && (
          <> · {t`${whenOf(share, now, v.person.zone)} in ${cityOf(v.person.zone)}`}</>
        )}
      </span>
      {d.may.invite && !v.voted && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t`Entitle ${v.person.name} no more`}
          onClick={() => setSure(true)}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
      {sure && (
        <Sure
          title={t`Entitle ${v.person.name} no more?`}
          doIt={t`Take them out`}
          busy={out.isPending}
          onClose={() => setSure(false)}
          onDo={() =>
            out.mutate(undefined, {
              onSuccess: () => {
                setSure(false);
                toast(t`They are asked no more.`);
              },
              onError: toastError,
            })
          }
        >
          {t`They have not had their say. The end no longer waits for them; you can invite them again.`}
        </Sure>
      )}
    </>
  );
}
