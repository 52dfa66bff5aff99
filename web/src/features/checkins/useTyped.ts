import { useCallback, useEffect, useRef, useState } from 'react';
import { checkins } from '~/api';
import type { CheckinTurn } from '~/api/checkins';
import { useDraft } from '~/core/compose/draft';
import { answersOf, blank, listOf, type Typed } from './typed';

const wait = 1200;

/**
 * What is being typed for a turn: on this device at once, with the server a moment later,
 * so that it can be finished anywhere. What this device has and the server has not, wins.
 */
export function useTyped(turn: CheckinTurn) {
  const kept = useDraft<Typed>(`check-in ${turn.id}`, blank());
  const touched = useRef(false);
  const [saved, setSaved] = useState(false);
  const value =
    touched.current || kept.value.dirty ? kept.value : { ...kept.value, answers: answersOf(turn) };
  const latest = useRef(value);
  latest.current = value;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const put = kept.set;
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const sent = latest.current;
    if (!sent.dirty) return;
    checkins.draft(turn.id, listOf(turn.questions, sent.answers)).then(
      () => {
        if (latest.current !== sent || !touched.current) return;
        put({ ...sent, dirty: false });
        setSaved(true);
      },
      () => undefined, // it stays on this device, and goes with the next change
    );
  }, [turn.id, turn.questions, put]);
  const flushing = useRef(flush);
  flushing.current = flush;
  useEffect(() => () => flushing.current(), []);
  const set = (part: Partial<Typed>) => {
    touched.current = true;
    const next = { ...latest.current, ...part, dirty: true };
    latest.current = next;
    put(next);
    setSaved(false);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => flushing.current(), wait);
  };
  const clear = () => {
    clearTimeout(timer.current);
    touched.current = false;
    latest.current = blank();
    kept.clear();
  };
  return {
    value,
    set,
    clear,
    ready: kept.ready,
    note: saved ? 'server' : kept.kept ? 'device' : null,
  } as const;
}
