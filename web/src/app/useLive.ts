import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { setNow } from '~/api/clock';
import { type LiveState, listen } from './live';
import { touched } from './touched';

/** Keeps the cache true to the server; says whether the connection stands. */
export function useLive(person: string): LiveState {
  const cache = useQueryClient();
  const [state, setState] = useState<LiveState>('live');
  useEffect(() => {
    let all = false;
    let some: QueryKey[] = [];
    let soon: ReturnType<typeof setTimeout> | undefined;
    let gone: ReturnType<typeof setTimeout> | undefined;
    const refetch = () => {
      soon = undefined;
      if (all) void cache.invalidateQueries();
      else for (const queryKey of some) void cache.invalidateQueries({ queryKey });
      all = false;
      some = [];
    };
    // A burst of changes is one refetch.
    const plan = () => {
      soon ??= setTimeout(refetch, 150);
    };
    const stop = listen(person, {
      change: (change) => {
        const keys = touched(change);
        if (keys) some.push(...keys);
        else all = true;
        plan();
      },
      hello: (now, missed) => {
        setNow(now);
        if (missed) {
          all = true;
          plan();
        }
      },
      // A hiccup of three seconds is not worth a word.
      state: (next) => {
        clearTimeout(gone);
        if (next === 'live') setState('live');
        else gone = setTimeout(() => setState('lost'), 3000);
      },
    });
    return () => {
      stop();
      clearTimeout(soon);
      clearTimeout(gone);
    };
  }, [cache, person]);
  return state;
}
