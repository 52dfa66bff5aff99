import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Ask, Owed } from '~/api/types';
import { Face, Menu, MenuItem, Name, Tag } from '~/kit';
import { cityOf, clockOf, whenOf, windowWords } from '~/kit/time';
import { useAskActions } from './actions';
import { open, stateHue, stateWord } from './words';
import './asks.css';

/** Where each addressee stands. */
export function OwedList({ ask }: { ask: Ask }) {
  return (
    <ul className="owed" aria-label={t`Who was asked`}>
      {ask.owed.map((o) => (
        <OwedLine key={`${o.person.id} ${o.changed_at}`} owed={o} thread={ask.thread} />
      ))}
    </ul>
  );
}

function OwedLine({ owed, thread }: { owed: Owed; thread: string }) {
  const me = useMe();
  const now = useNow();
  const zone = me.person.zone;
  const answer = owed.answer;
  return (
    <li className="owed-line">
      <span className="chip">
        <Face name={owed.person.name} size={20} />
        <Name person={owed.person} />
      </span>
      <Tag hue={stateHue(owed)}>{stateWord(owed)}</Tag>
      <span className="owed-words">
        {timeWords(owed, now, zone)}
        {answer?.note && <span dir="auto">{` “${answer.note}”`}</span>}
        {owed.reason && <span dir="auto">{` “${owed.reason}”`}</span>}
        {owed.passed_to && ` ${t`to ${owed.passed_to.name}`}`}
        {answer?.post && (
          <>
            {' '}
            <Link to="/threads/$thread" params={{ thread }} hash={answer.post}>{t`read`}</Link>
          </>
        )}
      </span>
    </li>
  );
}

/** When they are reached, when it is due, in the reader's clock and in theirs. */
function timeWords(owed: Owed, now: number, zone: string): string {
  if (owed.answer) return whenOf(owed.answer.at, now, zone);
  if (!open(owed)) return '';
  if (!owed.due && !owed.reach) return t`cannot be reached: no working hours`;
  const words: string[] = [];
  if (owed.promised_at) words.push(t`by ${whenOf(owed.promised_at, now, zone)}`);
  else if (owed.reach && Date.parse(owed.reach) > now)
    words.push(t`reached ${whenOf(owed.reach, now, zone)}`);
  if (owed.due) words.push(t`due ${whenOf(owed.due, now, zone)}`);
  if (owed.due && owed.person.zone !== zone)
    words.push(t`${clockOf(owed.due, owed.person.zone)} in ${cityOf(owed.person.zone)}`);
  return words.join(', ');
}

/** What the asker may do: remind once, give more time, release. */
export function AskerActions({ ask }: { ask: Ask }) {
  const act = useAskActions(ask);
  if (!ask.may.release && !ask.may.extend && !ask.may.remind) return null;
  const waiting = ask.owed.filter(open);
  return (
    <div className="answer-row" role="group" aria-label={t`Your ask`}>
      {ask.may.remind && (
        <Button
          variant="default"
          size="compact-sm"
          disabled={act.isPending}
          onClick={() => act.mutate({ do: 'remind' })}
        >
          {t`Remind once`}
        </Button>
      )}
      {ask.may.extend && (
        <Menu target={<Button variant="default" size="compact-sm">{t`More time…`}</Button>}>
          {['4h', '1d', '2d', '5d'].map((w) => (
            <MenuItem key={w} onClick={() => act.mutate({ do: 'extend', window: w })}>
              {windowWords(w)}
            </MenuItem>
          ))}
        </Menu>
      )}
      {ask.may.release && (
        <Menu target={<Button variant="default" size="compact-sm">{t`Release…`}</Button>}>
          <MenuItem
            onClick={() => act.mutate({ do: 'release' })}
          >{t`Enough answers: release everybody else`}</MenuItem>
          {waiting.length > 1 &&
            waiting.map((o) => (
              <MenuItem
                key={o.person.id}
                onClick={() => act.mutate({ do: 'release', people: [o.person.id] })}
              >
                {t`Release ${o.person.name} only`}
              </MenuItem>
            ))}
        </Menu>
      )}
    </div>
  );
}
