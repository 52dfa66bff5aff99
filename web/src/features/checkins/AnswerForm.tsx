import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CheckinTurn } from '~/api/checkins';
import { useMe } from '~/api/queries';
import { Key, Loading, mod, Wrong } from '~/kit';
import { Blockers } from './Blockers';
import { Did, doingKey } from './Did';
import { Field } from './Field';
import { blockerBegun, blockerReady, isEmpty, lacking, listOf, type Typed, withLine } from './typed';
import { useAnswer } from './useAnswer';
import { useTyped } from './useTyped';
import { Waiting } from './Waiting';
import { questionWords } from './words';

type Props = {
  turn: CheckinTurn;
  /** Called when it was published, skipped or left as it is. */
  onDone?: () => void;
  focus?: boolean;
};

/** The one form in which a check-in is answered, or an answer changed. */
export function AnswerForm({ turn, onDone, focus }: Props) {
  const me = useMe().person.id;
  const typed = useTyped(turn);
  const act = useAnswer(turn);
  const [strict, setStrict] = useState(false);
  const { value, set } = typed;
  if (!typed.ready) return <Loading rows={3} />;
  const changing = !!turn.answer;
  const missing = strict ? lacking(turn.questions, value.answers) : [];
  const half = value.blockers.some((b) => blockerBegun(b) && !blockerReady(b));
  const says =
    turn.questions.some((q) => !isEmpty(value.answers[q.key ?? ''])) || value.blockers.some(blockerReady);
  const done = () => {
    typed.clear();
    onDone?.();
  };
  const publish = () => {
    setStrict(true);
    if (!says || half || lacking(turn.questions, value.answers).length > 0 || act.busy) return;
    const blockers = value.blockers.filter(blockerReady);
    act.publish({ answers: listOf(turn.questions, value.answers), blockers }, done);
  };
  return (
    <form
      className="chk-form"
      noValidate
      aria-label={t`Your answer`}
      onSubmit={(e) => {
        e.preventDefault();
        publish();
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Enter' || !(e.metaKey || e.ctrlKey)) return;
        e.preventDefault();
        publish();
      }}
    >
      <Suggestions turn={turn} value={value} set={set} />
      {turn.waiting.length > 0 && <Waiting list={turn.waiting} title={t`You wait for this still`} />}
      <Questions
        turn={turn}
        value={value}
        set={set}
        me={me}
        focus={focus}
        error={(key) => (missing.some((q) => q.key === key) ? t`This one needs an answer.` : undefined)}
      />
      <Wrong
        error={act.error}
        says={
          strict && half
            ? t`Say what is in the way, and whom or what you wait for; or take it out.`
            : strict && !says
              ? t`Write something, or say that you have nothing to say.`
              : null
        }
      />
      <div className="chk-foot">
        <span className="due-note" role="status">
          {typed.note === 'server'
            ? t`Draft kept; only you see it.`
            : typed.note === 'device'
              ? t`Draft kept on this device.`
              : turn.hidden && !changing
                ? t`You read the others once you have answered.`
                : ''}
        </span>
        {changing ? (
          <Button variant="default" onClick={done}>
            {t`Leave it as it was`}
          </Button>
        ) : (
          <>
            {turn.may.skip && (
              <Button variant="subtle" color="gray" disabled={act.busy} onClick={() => act.skip(done)}>
                {t`Skip this time`}
              </Button>
            )}
            <Button variant="default" disabled={act.busy} onClick={() => act.nothing(done)}>
              {t`Nothing to say`}
            </Button>
          </>
        )}
        <Button type="submit" loading={act.publishing} rightSection={<PublishKey />}>
          {changing ? t`Save` : t`Publish`}
        </Button>
      </div>
    </form>
  );
}

const PublishKey = () => <Key>{mod() === '⌘' ? '⌘↵' : 'Ctrl ↵'}</Key>;

type Part = { turn: CheckinTurn; value: Typed; set: (part: Partial<Typed>) => void };

/** Suggestions go, as lines, into the first question that is answered in words. */
function Suggestions({ turn, value, set }: Part) {
  const into = turn.questions.find((q) => q.kind === 'text')?.key;
  if (!into) return null;
  const list = turn.did.filter((d) => !value.seen.includes(doingKey(d)));
  const seen = (gone: typeof list) => [...value.seen, ...gone.map(doingKey)];
  return (
    <Did
      list={list}
      leave={(gone) => set({ seen: seen(gone) })}
      use={(taken) => {
        const text = taken.reduce((all, d) => withLine(all, d.words), value.answers[into]?.text ?? '');
        set({ seen: seen(taken), answers: { ...value.answers, [into]: { text } } });
      }}
    />
  );
}

function Questions({
  turn,
  value,
  set,
  me,
  focus,
  error,
}: Part & { me: string; focus?: boolean; error: (key?: string) => string | undefined }) {
  const first = turn.questions.find((q) => q.kind === 'text')?.key;
  const asks = turn.questions.some((q) => q.kind === 'blocker');
  const blockers = (label: string) => (
    <Blockers label={label} list={value.blockers} me={me} set={(list) => set({ blockers: list })} />
  );
  return (
    <>
      {turn.questions.map((q) => {
        const key = q.key ?? '';
        const said = value.answers[key] ?? {};
        const field = (
          <Field
            key={key}
            question={q}
            said={said}
            focus={focus && key === first}
            error={error(key)}
            set={(next) => set({ answers: { ...value.answers, [key]: next } })}
          />
        );
        if (q.kind !== 'blocker') return field;
        // What was begun in words elsewhere, by mail or in the shell, can be finished here.
        return said.text ? field : <div key={key}>{blockers(questionWords(q))}</div>;
      })}
      {!asks && blockers(t`Does something keep you?`)}
    </>
  );
}
