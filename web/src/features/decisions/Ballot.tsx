import { t } from '@lingui/core/macro';
import { Button, Checkbox, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, lazy, type ReactNode, Suspense, useId, useState } from 'react';
import type { Decision, Marks } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { useDraft } from '~/core/compose/draft';
import { Section, Wrong } from '~/kit';
import { kindsQuery } from './api';
import { lacking, sent } from './ballot';
import { ConsentChoices, Dots, type FieldProps, ManyChoices, OneChoice, Scores } from './Choices';
import { useCast } from './cast';
import { Marked, Reasons } from './Marked';
import { RankBallot } from './RankBallot';
import { TimeBallot } from './TimeBallot';
import { optionName } from './words';

const Moved = lazy(() => import('./Moved').then((m) => ({ default: m.Moved })));

/** Where the reader has their say, says it anew, or revises it once under sealed reasons. */
export function Ballot({ decision: d }: { decision: Decision }) {
  const before = d.mine?.ballot?.marks;
  const draft = useDraft<Marks>(`ballot ${d.id}`, before ?? {});
  const [again, setAgain] = useState(false);
  const [moved, setMoved] = useState<{ by: string | null; why: string }>({ by: null, why: '' });
  const cast = useCast(d, { keep: draft.set, forget: draft.clear });
  const revising = d.may.revise;
  const casting = cast.isPending && !!cast.variables.marks;
  const failed = cast.isError && !!cast.variables.marks;
  if (before && !again && (casting || !failed))
    return (
      <Said
        decision={d}
        sending={cast.isPending}
        onAgain={() => {
          cast.reset();
          setAgain(true);
        }}
        onBack={() => cast.mutate({ marks: null })}
      />
    );
  return (
    <Section title={t`Your ballot`}>
      <BallotForm
        decision={d}
        marks={draft.value}
        set={(part) => draft.set((old) => ({ ...old, ...part }))}
        onSend={(marks) => {
          setAgain(false);
          const by = revising ? { by: moved.by ?? undefined, why: moved.why.trim() || undefined } : undefined;
          cast.mutate({ marks, moved: by });
        }}
        busy={cast.isPending}
        error={failed ? cast.error : null}
        doIt={before ? t`Change my ballot` : t`Cast my ballot`}
        lacks={
          revising && !moved.by && !moved.why.trim() ? t`Say whose reason, or what, changed your mind.` : ''
        }
        note={
          d.rules.sealed && !before
            ? t`With your ballot the reasons of the others open. Then you can change it once, and say what changed your mind.`
            : t`You can change it until the end.`
        }
        onCancel={
          before
            ? () => {
                cast.reset();
                draft.clear();
                setAgain(false);
              }
            : undefined
        }
      >
        {revising && (
          <Suspense>
            <Moved value={moved} onChange={setMoved} />
          </Suspense>
        )}
      </BallotForm>
    </Section>
  );
}

const fields: Partial<Record<Decision['kind'], (p: FieldProps) => ReactNode>> = {
  consent: ConsentChoices,
  majority: OneChoice,
  sense_check: OneChoice,
  approval: ManyChoices,
  score: Scores,
  dots: Dots,
  ranked: RankBallot,
  time: TimeBallot,
};

type FormProps = {
  decision: Decision;
  marks: Marks;
  set: (part: Marks) => void;
  onSend: (m: Marks) => void;
  busy: boolean;
  error: unknown;
  doIt: string;
  note?: string;
  lacks?: string;
  onCancel?: () => void;
  children?: ReactNode;
};

/** The fields of a ballot of any kind, the reason, and the button; with names or without. */
export function BallotForm(p: FormProps) {
  const { decision: d, marks, set } = p;
  const [strict, setStrict] = useState(false);
  const kinds = useQuery(kindsQuery);
  const method = kinds.data?.find((k) => k.kind === d.kind)?.methods;
  const about = method?.find((m) => m.key === d.rules.method) ?? method?.[0];
  const Fields = fields[d.kind];
  const lacks = lacking(d, marks) || p.lacks || '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setStrict(true);
    if (!lacks && !p.busy) p.onSend(sent(marks));
  };
  return (
    <form
      className="dec-ballot"
      onSubmit={submit}
      onKeyDown={(e) => {
        if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) submit(e);
      }}
    >
      {/* Its line is there before its words are: what is below must not move under a hand. */}
      {d.kind === 'time' ? (
        <p className="dec-note">{t`Say of each time whether it suits you.`}</p>
      ) : (
        (about || kinds.isPending) && <p className="dec-note">{about?.asks ?? '\u00a0'}</p>
      )}
      {Fields && (
        <div data-off={marks.abstain || undefined} className="dec-fields">
          <Fields decision={d} marks={marks} set={set} />
        </div>
      )}
      <Reason decision={d} marks={marks} set={set} />
      {p.children}
      {d.kind !== 'consent' && (
        <Checkbox
          label={t`I abstain: I take part, and choose nothing`}
          checked={!!marks.abstain}
          onChange={(e) => set({ abstain: e.currentTarget.checked })}
        />
      )}
      <Wrong says={strict ? lacks : ''} />
      <Wrong error={p.error}>{t`Your ballot is kept here.`}</Wrong>
      <div className="dec-buttons">
        <Button type="submit" loading={p.busy}>
          {p.doIt}
        </Button>
        {p.onCancel && (
          <Button variant="default" onClick={p.onCancel}>
            {t`Leave it as it is`}
          </Button>
        )}
        {p.note && <span className="due-note">{p.note}</span>}
      </div>
    </form>
  );
}

/** Why: in one field, asked by the option's own question when a single one is chosen. */
function Reason({ decision: d, marks, set }: FieldProps) {
  const id = useId();
  const zone = useMe().person.zone;
  if (d.rules.reasons === 'off') return null;
  const objects = d.kind === 'consent' && (marks.choice === 'object' || marks.choice === 'concern');
  const must = d.kind === 'advice' || d.rules.reasons === 'required' || objects;
  const asked = d.options.filter((o) => o.prompt && isMarked(marks, o.key));
  const label = d.kind === 'advice' ? t`Your advice` : objects ? t`What stands against it` : t`Why`;
  return (
    <div className="dec-reasons">
      {asked.map((o) => (
        <Textarea
          key={o.key}
          id={`${id} ${o.key}`}
          label={`${optionName(o, zone)}: ${o.prompt}`}
          dir="auto"
          autosize
          minRows={2}
          maxLength={4000}
          value={marks.reasons?.[o.key] ?? ''}
          onChange={(e) => set({ reasons: { ...marks.reasons, [o.key]: e.currentTarget.value } })}
        />
      ))}
      <Textarea
        label={must && !marks.abstain ? label : t`${label} (optional)`}
        dir="auto"
        autosize
        minRows={d.kind === 'advice' ? 4 : 2}
        maxLength={4000}
        value={marks.reason ?? ''}
        onChange={(e) => set({ reason: e.currentTarget.value })}
      />
    </div>
  );
}

function isMarked(m: Marks, key: string): boolean {
  if (m.abstain) return false;
  return (
    m.choice === key ||
    !!m.approved?.includes(key) ||
    (m.scores?.[key] ?? 0) > 0 ||
    m.ranking?.[0]?.includes(key) === true
  );
}

/** What the reader said, with the way to say it anew. */
function Said({
  decision: d,
  sending,
  onAgain,
  onBack,
}: {
  decision: Decision;
  sending: boolean;
  onAgain: () => void;
  onBack: () => void;
}) {
  const ballot = d.mine?.ballot;
  if (!ballot) return null;
  const again = d.may.vote || d.may.revise;
  // Options are named on the reader's own clock; the rest the server says in a sentence.
  const words = ballot.marks.abstain || d.kind === 'consent' || d.kind === 'advice' ? d.mine?.spoken : '';
  return (
    <Section title={t`Your ballot`}>
      <div className="dec-said">
        <p>{words ? <strong>{words}</strong> : <Marked decision={d} marks={ballot.marks} />}</p>
        <Reasons decision={d} marks={ballot.marks} />
        {ballot.first && <p className="due-note">{t`You changed it once, as sealed reasons allow.`}</p>}
        {sending && <p className="due-note" role="status">{t`On its way to the server…`}</p>}
        {!sending && (again || d.may.unvote) && (
          <div className="dec-buttons no-print">
            {again && (
              <Button variant="default" size="xs" onClick={onAgain}>
                {d.may.revise ? t`Change it, this once` : t`Change it`}
              </Button>
            )}
            {d.may.unvote && (
              <Button variant="subtle" color="gray" size="xs" onClick={onBack}>
                {t`Take it back`}
              </Button>
            )}
          </div>
        )}
      </div>
    </Section>
  );
}
