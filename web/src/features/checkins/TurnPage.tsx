import './checkins.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '~/api';
import type { CheckinTurn } from '~/api/checkins';
import { useMe } from '~/api/queries';
import { Due, Empty, Failed, Loading, Page, SpaceDot, Tag } from '~/kit';
import { AnswerForm } from './AnswerForm';
import { turnQuery } from './api';
import { Entry } from './Entry';
import { useAnswer } from './useAnswer';
import { dateWords } from './words';

const route = getRouteApi('/shell/checkins/turns/$turn');

/** One turn: the form to whoever is asked, and the answer to those who may read it. */
export function TurnPage() {
  const { turn } = route.useParams();
  const found = useQuery(turnQuery(turn));
  if (found.data) return <OneTurn key={turn} turn={found.data} />;
  const missing = found.error instanceof ApiProblem && found.error.status === 404;
  return (
    <Page title={t`Check-in`}>
      {missing ? (
        <Empty title={t`There is no such answer for you.`}>
          <p>{t`It may be hidden until you have written yours, or it was taken back.`}</p>
          <Link to="/checkins">{t`See the check-ins`}</Link>
        </Empty>
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={5} />
      )}
    </Page>
  );
}

function OneTurn({ turn }: { turn: CheckinTurn }) {
  const mine = useMe().person.id === turn.person.id;
  const [editing, setEditing] = useState(false);
  const form = mine && turn.may.answer && (editing || !turn.answer);
  return (
    <Page
      title={turn.name}
      lead={
        <>
          <SpaceDot space={turn.space} /> {' · '}
          <bdi>
            {mine
              ? t`you, for ${dateWords(turn.date, true)}`
              : `${turn.person.name}, ${dateWords(turn.date, true)}`}
          </bdi>
        </>
      }
      actions={mine && turn.state === 'open' && <Due at={turn.due_at} />}
    >
      <p className="back">
        <Link
          to="/checkins/$checkin"
          params={{ checkin: turn.checkin }}
        >{t`The check-in and its reports`}</Link>
      </p>
      {mine && <Standing turn={turn} />}
      {form ? (
        <AnswerForm turn={turn} focus onDone={() => setEditing(false)} />
      ) : (
        turn.answer && <Given turn={turn} mine={mine} edit={() => setEditing(true)} />
      )}
      {mine && form && turn.last && (
        <details className="chk-last">
          <summary>{t`What you answered last time`}</summary>
          <Entry entry={turn.last} bare />
        </details>
      )}
    </Page>
  );
}

/** What is expected, when it is not plain: the day is over, it was skipped, it has ended. */
function Standing({ turn }: { turn: CheckinTurn }) {
  if (turn.answer) return null;
  const words = !turn.may.answer
    ? t`This cannot be answered any more, and nothing is expected.`
    : turn.state === 'over'
      ? t`Your day is over and nothing is expected any more. If you answer still, it reaches the others later.`
      : turn.state === 'skipped'
        ? t`You skipped this one. You can still answer if you like.`
        : null;
  return words ? <p className="chk-note">{words}</p> : null;
}

function Given({ turn, mine, edit }: { turn: CheckinTurn; mine: boolean; edit: () => void }) {
  const act = useAnswer(turn);
  if (!turn.answer) return null;
  return (
    <>
      <Entry entry={turn.answer} />
      {mine && (turn.may.answer || turn.may.withdraw) && (
        <div className="chk-foot">
          <span className="due-note">
            {turn.may.withdraw
              ? t`Nobody was told of it yet.`
              : t`It was read already, or may have been; a change is marked.`}
          </span>
          {turn.draft.length > 0 && <Tag>{t`You began to change it`}</Tag>}
          {turn.may.withdraw && (
            <Button variant="default" disabled={act.busy} onClick={act.withdraw}>
              {t`Take it back`}
            </Button>
          )}
          {turn.may.answer && <Button onClick={edit}>{t`Change it`}</Button>}
        </div>
      )}
    </>
  );
}
