import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Ask } from '~/api/types';
import { Menu, MenuItem, PathLink } from '~/kit';
import { whenOf } from '~/kit/time';
import { type AskAct, useAskActions } from './actions';
import { DeclineForm, NoteForm, WordsForm } from './forms';
import { promises } from './promise';
import './asks.css';

const PassForm = lazy(() => import('./PassForm').then((m) => ({ default: m.PassForm })));

type Face = 'choose' | 'words' | 'no' | 'choice' | 'decline' | 'pass';

type PanelProps = {
  ask: Ask;
  onDone?: () => void;
  /** Leads to the place where a reply is written, when there is one on the page: words have one place. */
  onReply?: () => void;
  focus?: boolean;
};

/** Everything an addressee can do about an ask, in one place: answer, promise, decline, pass on. */
export function AnswerPanel(p: PanelProps) {
  return p.ask.elsewhere ? <Elsewhere {...p} /> : <Panel {...p} />;
}

/** What is answered on a page of its own: the way there, or a no. */
function Elsewhere({ ask, onDone }: PanelProps) {
  const [no, setNo] = useState(false);
  const act = useAskActions(ask);
  if (no)
    return (
      <DeclineForm
        busy={act.isPending}
        onSend={(reason) => act.mutate({ do: 'decline', reason }, { onSuccess: onDone })}
        onBack={() => setNo(false)}
      />
    );
  return (
    <div className="answer" role="group" aria-label={t`Your answer`}>
      <div className="answer-row">
        {ask.may.answer && (
          <PathLink path={ask.elsewhere} className="answer-there">
            {t`Answer it on its page`}
          </PathLink>
        )}
        <span className="answer-more">
          {ask.may.acknowledge && (
            <PromiseMenu ask={ask} send={(what) => act.mutate(what, { onSuccess: onDone })} />
          )}
          {ask.may.decline && (
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setNo(true)}>
              {t`Decline…`}
            </Button>
          )}
        </span>
      </div>
    </div>
  );
}

function Panel({ ask, onDone, onReply, focus }: PanelProps) {
  const inWords = ['reply', 'review', 'check_in'].includes(ask.kind);
  const first: Face = inWords ? 'words' : ask.kind === 'decide' && !ask.choices.length ? 'choice' : 'choose';
  const [face, setFace] = useState<Face>(first);
  const act = useAskActions(ask);
  const send = (what: AskAct) => act.mutate(what, { onSuccess: onDone });
  const back = () => setFace(first);
  if (face === 'decline')
    return (
      <DeclineForm busy={act.isPending} onSend={(reason) => send({ do: 'decline', reason })} onBack={back} />
    );
  if (face === 'pass')
    return (
      <Suspense>
        <PassForm
          ask={ask}
          busy={act.isPending}
          onSend={(to, note) => send({ do: 'pass', to, note })}
          onBack={back}
        />
      </Suspense>
    );
  if (face === 'no')
    return (
      <NoteForm
        busy={act.isPending}
        onSend={(note) => send({ do: 'answer', value: 'no', note })}
        onBack={back}
      />
    );
  return (
    <div className="answer" role="group" aria-label={t`Your answer`}>
      {face === 'words' && !onReply && (
        <WordsForm
          ask={ask}
          busy={act.isPending}
          focus={focus}
          onSend={(markdown, key) => send({ do: 'reply', markdown, key })}
        />
      )}
      {face === 'choice' && (
        <WordsForm
          ask={ask}
          busy={act.isPending}
          focus={focus}
          onSend={(value) => send({ do: 'answer', value })}
        />
      )}
      <div className="answer-row">
        {face === 'words' && onReply && <Button size="xs" onClick={onReply}>{t`Write your answer`}</Button>}
        {face === 'choose' && (
          <OneClick ask={ask} busy={act.isPending} focus={focus} send={send} onNo={() => setFace('no')} />
        )}
        <span className="answer-more">
          {ask.may.acknowledge && <PromiseMenu ask={ask} send={send} />}
          {ask.may.decline && (
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setFace('decline')}>
              {t`Decline…`}
            </Button>
          )}
          {ask.may.pass && (
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setFace('pass')}>
              {t`Pass on…`}
            </Button>
          )}
        </span>
      </div>
    </div>
  );
}

type OneClickProps = {
  ask: Ask;
  busy: boolean;
  focus?: boolean;
  send: (act: AskAct) => void;
  onNo: () => void;
};

/** The kinds that a single press answers. */
function OneClick({ ask, busy, focus, send, onNo }: OneClickProps) {
  const answer = (value: string) => () => send({ do: 'answer', value });
  if (ask.kind === 'approve') {
    return (
      <>
        <Button size="xs" data-autofocus={focus} loading={busy} onClick={answer('yes')}>{t`Approve`}</Button>
        <Button size="xs" variant="default" onClick={onNo}>{t`Not yet…`}</Button>
      </>
    );
  }
  if (ask.kind === 'decide') {
    return ask.choices.map((choice) => (
      <Button key={choice} size="xs" variant="default" disabled={busy} onClick={answer(choice)}>
        <bdi>{choice}</bdi>
      </Button>
    ));
  }
  const done = ask.kind === 'do';
  return (
    <Button size="xs" loading={busy} onClick={answer(done ? 'done' : 'ok')}>
      {done ? t`Done` : t`I have seen it`}
    </Button>
  );
}

/** "I will answer by …": an acknowledgement with a promised time. */
function PromiseMenu({ ask, send }: { ask: Ask; send: (act: AskAct) => void }) {
  const me = useMe();
  const now = useNow();
  const zone = me.person.zone;
  return (
    <Menu target={<Button variant="subtle" color="gray" size="compact-sm">{t`I will answer by…`}</Button>}>
      {ask.kind !== 'acknowledge' && (
        <MenuItem onClick={() => send({ do: 'acknowledge' })}>{t`Seen; no promise yet`}</MenuItem>
      )}
      {promises(now, me).map((at) => (
        <MenuItem
          key={at}
          onClick={() => send({ do: 'acknowledge', promised_at: new Date(at).toISOString() })}
        >
          {whenOf(at, now, zone)}
        </MenuItem>
      ))}
    </Menu>
  );
}
