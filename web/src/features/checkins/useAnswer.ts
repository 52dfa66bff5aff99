import { t } from '@lingui/core/macro';
import { useQueryClient } from '@tanstack/react-query';
import { checkins } from '~/api';
import type { CheckinAnswer, CheckinNewBlocker, CheckinTurn } from '~/api/checkins';
import { toast } from '~/kit';
import { turnQuery, useCheckinAct } from './api';

type Given = { answers?: CheckinAnswer[]; nothing?: boolean; blockers?: CheckinNewBlocker[] };

/** Publishing, saying nothing, skipping: each says what happened, with a way back while there is one. */
export function useAnswer(turn: CheckinTurn) {
  const cache = useQueryClient();
  const put = (fresh: CheckinTurn) => cache.setQueryData(turnQuery(turn.id).queryKey, fresh);
  const answer = useCheckinAct((given: Given) => checkins.answer(turn.id, given), true);
  const back = useCheckinAct(() => checkins.withdraw(turn.id));
  const skip = useCheckinAct(() => checkins.skip(turn.id), true);
  const undo = (fresh: CheckinTurn) =>
    fresh.may.withdraw && !turn.answer ? () => back.mutate(undefined, { onSuccess: put }) : undefined;
  const give = (given: Given, words: string, done: () => void) =>
    answer.mutate(given, {
      onSuccess: (fresh) => {
        put(fresh);
        toast(words, undo(fresh));
        done();
      },
    });
  return {
    publish: (given: Given, done: () => void) =>
      give(given, turn.answer ? t`Changed.` : t`Published. Everybody reads it in their own morning.`, done),
    nothing: (done: () => void) => give({ nothing: true }, t`Nothing to say, and that is fine.`, done),
    skip: (done: () => void) =>
      skip.mutate(undefined, {
        onSuccess: (fresh) => {
          put(fresh);
          toast(t`Skipped. You can still answer if you like.`);
          done();
        },
      }),
    withdraw: () =>
      back.mutate(undefined, {
        onSuccess: (fresh) => {
          put(fresh);
          toast(t`Taken back. Your words are in the draft.`);
        },
      }),
    publishing: answer.isPending,
    busy: answer.isPending || skip.isPending || back.isPending,
    error: answer.error ?? skip.error,
  };
}
