import { t } from '@lingui/core/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { decisions } from '~/api';
import { now } from '~/api/clock';
import type { Decision, Marks } from '~/api/decisions';
import { keys } from '~/api/queries';
import { toast, toastError } from '~/kit';
import { decisionQuery } from './api';
import { sent } from './ballot';
import { inTurn } from './turns';

export type MovedBy = { by?: string; why?: string };
type Cast = { marks: Marks | null; moved?: MovedBy };

/** The decision as it will be once a ballot is there, or taken back; counts are the server's. */
export function expected(d: Decision, marks: Marks | null, at: string): Decision {
  if (!d.mine) return d;
  const { voted, ballot } = d.mine;
  const then = marks
    ? {
        first: null,
        moved_by: null,
        moved_why: '',
        cast_at: at,
        ...ballot,
        person: d.mine.person,
        marks,
        changed_at: at,
      }
    : null;
  return {
    ...d,
    voted: d.voted + (marks ? (voted ? 0 : 1) : voted ? -1 : 0),
    mine: { ...d.mine, voted: !!marks, ballot: then, spoken: '' },
  };
}

/**
 * Casts, changes or takes back the reader's ballot. The press shows at once; when the server
 * refuses, the ballot stands as it was and what was typed is still in its fields.
 */
export function useCast(d: Decision, { keep, forget }: { keep: (typed: Marks) => void; forget: () => void }) {
  const cache = useQueryClient();
  const key = decisionQuery(d.id).queryKey;
  const put = async (next: Decision) => {
    await cache.cancelQueries({ queryKey: key, exact: true });
    cache.setQueryData(key, next);
  };
  const settled = () => {
    for (const which of [keys.decisions, keys.inbox, keys.threads])
      void cache.invalidateQueries({ queryKey: which });
  };
  const send = ({ marks, moved }: Cast) =>
    inTurn(d.id, () => (marks ? decisions.vote(d.id, marks, moved) : decisions.unvote(d.id)));
  /** Goes back to what was before a change, which shows at once as well. */
  const undo = (was: Decision, typed: Marks) => async () => {
    const before = was.mine?.ballot ? sent(was.mine.ballot.marks) : null;
    const fresh = cache.getQueryData(key) ?? was;
    await put(expected(fresh, before, new Date(now()).toISOString()));
    if (!before) keep(typed);
    const { answer, latest } = send({ marks: before });
    try {
      const then = await answer;
      if (latest()) cache.setQueryData(key, then);
    } catch (error) {
      if (latest()) cache.setQueryData(key, fresh);
      toastError(error);
    }
    if (latest()) settled();
  };
  return useMutation({
    mutationFn: (cast: Cast) => send(cast).answer,
    onMutate: async ({ marks }) => {
      await put(expected(d, marks, new Date(now()).toISOString()));
      if (!marks && d.mine?.ballot) keep(d.mine.ballot.marks);
      return d;
    },
    onError: (error, { marks }, was) => {
      if (was) cache.setQueryData(key, was);
      if (!marks) toastError(error);
    },
    onSuccess: (fresh, { marks }, was) => {
      cache.setQueryData(key, fresh);
      const open = fresh.state === 'open' && !d.rules.sealed;
      if (marks) forget();
      const words = !marks
        ? t`Your ballot is taken back.`
        : was.mine?.ballot
          ? t`Your ballot is changed.`
          : t`Your ballot counts.`;
      toast(words, open ? undo(was, marks ?? {}) : undefined);
    },
    onSettled: settled,
    meta: { quiet: true },
  });
}
