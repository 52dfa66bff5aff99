import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { decisions } from '~/api';
import type { Decision, Marks, Secrecy } from '~/api/decisions';
import { keys } from '~/api/queries';
import { Secret } from '~/core/calendars/Secret';
import { useDraft } from '~/core/compose/draft';
import { drafts } from '~/core/compose/drafts';
import { Failed, Loading, Section, toast } from '~/kit';
import { decisionQuery, secrecyQuery } from './api';
import { BallotForm } from './Ballot';
import { type Kept, keptName, newReceipt } from './ballot';

/** Where one has one's say without a name: what is kept is said first, the receipt is shown after. */
export function SealedBallot({ decision: d }: { decision: Decision }) {
  const secrecy = useQuery(secrecyQuery(d.id));
  const kept = useDraft<Kept | null>(keptName(d.id), null);
  const [fresh, setFresh] = useState<Kept | null>(null);
  const [again, setAgain] = useState(false);
  const voted = !!d.mine?.voted;
  if (fresh) return <Receipt kept={fresh} onDone={() => setFresh(null)} />;
  return (
    <Section title={t`Your ballot, without your name`}>
      {secrecy.data ? (
        <>
          {d.state === 'open' && d.voted < secrecy.data.fewest && (
            <p className="due-note">{t`It takes ${secrecy.data.fewest} votes that anything is counted; ${d.voted} so far. With fewer it goes on once by itself, and then all ballots are destroyed.`}</p>
          )}
          <WhatIsKept secrecy={secrecy.data} />
        </>
      ) : secrecy.error ? (
        <Failed error={secrecy.error} retry={() => void secrecy.refetch()} />
      ) : (
        <Loading rows={2} />
      )}
      {voted && !again ? (
        <div className="dec-said">
          <p>
            <strong>{t`You have had your say.`}</strong>{' '}
            {t`What you said is sealed until the end, for you too.`}
          </p>
          <div className="dec-buttons">
            <Button variant="default" size="xs" onClick={() => setAgain(true)}>
              {t`Change it with my receipt`}
            </Button>
          </div>
        </div>
      ) : (
        secrecy.data &&
        kept.ready && (
          <Fields
            decision={d}
            kept={kept.value}
            off={secrecy.data.key_missing}
            keep={kept.set}
            onCast={(one) => {
              kept.set(one);
              setFresh(one);
              setAgain(false);
            }}
            onCancel={voted ? () => setAgain(false) : undefined}
          />
        )
      )}
    </Section>
  );
}

function WhatIsKept({ secrecy }: { secrecy: Secrecy }) {
  return (
    <details className="dec-secrecy" open>
      <summary>{t`What is kept of your vote`}</summary>
      <ul>
        {secrecy.kept.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {secrecy.receipt && <li>{secrecy.receipt}</li>}
      </ul>
      {secrecy.key_missing && (
        <p role="alert">{t`The key of this vote is not on the server. Nobody can vote until whoever runs it brings the key back.`}</p>
      )}
    </details>
  );
}

type FieldsProps = {
  decision: Decision;
  kept: Kept | null;
  off: boolean;
  keep: (kept: Kept) => void;
  onCast: (kept: Kept) => void;
  onCancel?: () => void;
};

/** What is marked stays in memory alone: nothing of it is written to this device. */
function Fields({ decision: d, kept, off, keep, onCast, onCancel }: FieldsProps) {
  const cache = useQueryClient();
  const [marks, setMarks] = useState<Marks>({});
  const [typed, setTyped] = useState('');
  const voted = !!d.mine?.voted;
  const cast = useMutation({
    mutationFn: async (m: Marks) => {
      const receipt = voted ? typed.trim() || kept?.receipt || '' : (kept?.receipt ?? newReceipt());
      // Kept on this device before it is sent: were the answer lost, only this receipt could send it again.
      if (!voted && !kept) {
        keep({ receipt, code: '' });
        await drafts.flush();
      }
      const { code } = await decisions.voteSealed(d.id, m, receipt);
      return { receipt, code };
    },
    meta: { quiet: true },
    gcTime: 0,
    onSuccess: (one) => {
      onCast(one);
      void cache.invalidateQueries({ queryKey: decisionQuery(d.id).queryKey });
      void cache.invalidateQueries({ queryKey: keys.decisions });
      void cache.invalidateQueries({ queryKey: keys.inbox });
    },
  });
  return (
    <BallotForm
      decision={d}
      marks={marks}
      set={(part) => setMarks((old) => ({ ...old, ...part }))}
      onSend={(m) => cast.mutate(m)}
      busy={cast.isPending}
      error={cast.error}
      doIt={voted ? t`Put this in its place` : t`Seal and cast my ballot`}
      lacks={
        off
          ? t`Nobody can vote at the moment.`
          : voted && !kept && !typed.trim()
            ? t`Give the receipt that your first ballot was cast with.`
            : ''
      }
      note={t`Sealed at once. Mails cannot carry it, and nobody sees it before the end.`}
      onCancel={onCancel}
    >
      {voted && !kept && (
        <TextInput
          label={t`Your receipt`}
          description={t`It is not on this device. Without it your ballot counts, and stays as it is.`}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
      )}
    </BallotForm>
  );
}

function Receipt({ kept, onDone }: { kept: Kept; onDone: () => void }) {
  return (
    <Section title={t`Your receipt`}>
      <div className="dec-said">
        <p>
          <strong>{t`Your ballot is sealed and counts.`}</strong>{' '}
          {t`The receipt lets you change it until the end. In the end its code is listed: then you know that your ballot was counted. It tells nobody what you voted.`}
        </p>
        <Secret
          first
          label={t`Receipt`}
          note={t`Shown this once, and kept on this device. Keep it to yourself.`}
          value={kept.receipt}
        />
        <Secret label={t`Code, listed in the end`} value={kept.code} />
        <div className="dec-buttons">
          <Button
            onClick={() => {
              onDone();
              toast(t`Your ballot counts.`);
            }}
          >
            {t`I have it`}
          </Button>
        </div>
      </div>
    </Section>
  );
}
