import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { brainstorms } from '~/api';
import type { Board, Brainstorm } from '~/api/brainstorms';
import { boardKey } from './api';
import { ballotOf, type Votes, votesOf } from './ballot';

/**
 * The reader's votes. Each press is shown at once and sent soon; while one sending is on its
 * way the next waits, so that the last word stays the last. What could not be sent stays here
 * and is sent again with the next press, or when asked.
 */
export function useBallot(b: Brainstorm, board: Board) {
  const cache = useQueryClient();
  const [votes, setVotes] = useState<Votes>(() => votesOf(board.ballot));
  const [state, setState] = useState<'saved' | 'saving' | 'failed'>('saved');
  const [error, setError] = useState<unknown>(null);
  const latest = useRef(votes);
  const going = useRef(false);
  const waiting = useRef(false);
  const timer = useRef(0);

  const send = useCallback(async () => {
    clearTimeout(timer.current);
    if (going.current || !waiting.current) return;
    going.current = true;
    while (waiting.current) {
      waiting.current = false;
      try {
        const fresh = await brainstorms.vote(b.id, ballotOf(b.vote, latest.current));
        cache.setQueryData<Board>(boardKey(b.id), (had) => had && { ...had, ballot: fresh.ballot });
        setError(null);
        if (!waiting.current) setState('saved');
      } catch (wrong) {
        setError(wrong);
        setState('failed');
        break;
      }
    }
    going.current = false;
  }, [b.id, b.vote, cache]);

  const set = useCallback(
    (change: (old: Votes) => Votes) => {
      latest.current = change(latest.current);
      setVotes(latest.current);
      setState('saving');
      waiting.current = true;
      clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void send(), 300);
    },
    [send],
  );
  const again = useCallback(() => {
    waiting.current = true;
    setState('saving');
    void send();
  }, [send]);
  // Nothing is lost when the page goes while a press still waits to be sent.
  useEffect(() => {
    const flush = () => void send();
    addEventListener('pagehide', flush);
    return () => {
      removeEventListener('pagehide', flush);
      flush();
    };
  }, [send]);
  return { votes, set, state, error, again };
}
