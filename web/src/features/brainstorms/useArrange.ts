import { t } from '@lingui/core/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { brainstorms } from '~/api';
import type { Board, Idea, IdeaGroup, IdeaSuggestion } from '~/api/brainstorms';
import type { Id } from '~/api/types';
import { toast, toastError } from '~/kit';
import { boardKey } from './api';
import { afterOf, groupsOf, moved, over } from './board';
import { groupName, ideaName } from './words';

export type Arranging = ReturnType<typeof useArrange>;

/**
 * What can be done with the cards of a board. Each is shown before the server has answered,
 * said aloud by a toast, and can be taken back. The object stays the same while the page is
 * open, so that cards need not be drawn anew.
 */
export function useArrange(id: Id) {
  const cache = useQueryClient();
  const chain = useRef<Promise<unknown>>(Promise.resolve());
  return useMemo(() => {
    const key = boardKey(id);
    const now = () => cache.getQueryData<Board>(key);
    const put = (fresh: Board) => cache.setQueryData<Board>(key, (had) => over(had, fresh));
    /** One after the other, so that versions are not mixed up; when one fails the board is read anew. */
    const run = (work: () => Promise<Board>): Promise<Board | undefined> => {
      const next = chain.current.then(work).then(
        (fresh) => {
          put(fresh);
          return fresh;
        },
        (error) => {
          toastError(error);
          void brainstorms.board(id).then((fresh) => cache.setQueryData(key, fresh));
          return undefined;
        },
      );
      chain.current = next;
      return next;
    };
    const version = () => now()?.version ?? 0;
    const find = (idea: Id) => now()?.ideas.find((i) => i.id === idea);
    const moveOne = (idea: Id, group: Id | null, before?: Id) => {
      cache.setQueryData<Board>(key, (had) => had && moved(had, idea, group, before));
      return run(() => brainstorms.move(id, idea, { group: group ?? undefined, before }, version()));
    };
    const nameOf = (group: Id | null) =>
      group ? groupName(now()?.groups.find((g) => g.id === group)?.name ?? '') : t`no group`;

    /** How to put ideas back where they stand now. */
    const placesOf = (ideas: Id[]) => {
      const board = now();
      const was = ideas.map((x) => {
        const i = find(x);
        return { x, group: i?.group ?? null, before: board && i && afterOf(board, i) };
      });
      // The last one first: each then finds the one that it stood before.
      return () => {
        for (const w of was.reverse())
          void moveOne(w.x, w.group, w.before && find(w.before) ? w.before : undefined);
      };
    };

    const move = (ideas: Id[], group: Id | null, before?: Id) => {
      if (!now() || ideas.length === 0) return;
      const back = placesOf(ideas);
      void cache.cancelQueries({ queryKey: key });
      for (const x of ideas) if (x !== before) void moveOne(x, group, before);
      const first = find(ideas[0] ?? '');
      const where = nameOf(group);
      const words =
        ideas.length === 1 && first
          ? t`${ideaName(first)} is in ${where} now.`
          : t`${ideas.length} ideas are in ${where} now.`;
      toast(words, back);
    };
    const merge = (ideas: Id[], into: Id) => {
      const rest = ideas.filter((x) => x !== into);
      const target = find(into);
      if (rest.length === 0 || !target) return;
      const back = placesOf(rest);
      void cache.cancelQueries({ queryKey: key });
      cache.setQueryData<Board>(
        key,
        (had) =>
          had && { ...had, ideas: had.ideas.map((i) => (rest.includes(i.id) ? { ...i, merged: into } : i)) },
      );
      for (const x of rest) void run(() => brainstorms.merge(id, x, into, version()));
      toast(t`Merged into: ${ideaName(target)}. All texts stay.`, () => {
        part(rest);
        void chain.current.then(back);
      });
    };
    const part = (ideas: Id[]) => {
      for (const x of ideas) void run(() => brainstorms.part(id, x, version()));
    };
    const partAll = (ideas: Idea[]) => {
      part(ideas.map((i) => i.id));
      const again = ideas.map((i) => [i.id, i.merged] as const);
      toast(t`Taken apart again.`, () => {
        for (const [x, into] of again) if (into) void run(() => brainstorms.merge(id, x, into, version()));
      });
    };
    const group = async (name: string, ideas: Id[]): Promise<IdeaGroup | undefined> => {
      const back = placesOf(ideas);
      const known = new Set(now()?.groups.map((g) => g.id));
      const fresh = await run(() => brainstorms.group(id, { name, ideas }, version()));
      const made = fresh?.groups.find((g) => !known.has(g.id));
      if (made)
        toast(t`A new group: ${groupName(made.name)}.`, () => {
          back();
          void run(() => brainstorms.dropGroup(id, made.id, version()));
        });
      return made;
    };
    /** Several suggested groups, with one way back for all of them. */
    const accept = async (list: IdeaSuggestion[]) => {
      const made: Id[] = [];
      const back = placesOf(list.flatMap((s) => s.ideas));
      for (const s of list) {
        const known = new Set(now()?.groups.map((g) => g.id));
        const fresh = await run(() => brainstorms.group(id, s, version()));
        const one = fresh?.groups.find((g) => !known.has(g.id));
        if (one) made.push(one.id);
      }
      const n = made.length;
      if (n > 0)
        toast(n === 1 ? t`One group was made.` : t`${n} groups were made.`, () => {
          back();
          for (const g of made) void run(() => brainstorms.dropGroup(id, g, version()));
        });
    };
    const rename = (g: IdeaGroup, name: string) => {
      if (name === g.name) return;
      void run(() => brainstorms.changeGroup(id, g.id, { name }, version()));
      toast(t`The group is called ${groupName(name)}.`, () => {
        void run(() => brainstorms.changeGroup(id, g.id, { name: g.name }, version()));
      });
    };
    const placeGroup = (g: IdeaGroup, before: Id | '') => {
      const order = groupsOf(now());
      const after = order[order.findIndex((o) => o.id === g.id) + 1]?.id ?? '';
      void run(() => brainstorms.changeGroup(id, g.id, { before }, version()));
      toast(t`Moved: ${groupName(g.name)}.`, () => {
        void run(() => brainstorms.changeGroup(id, g.id, { before: after }, version()));
      });
    };
    const drop = (g: IdeaGroup, ideas: Idea[]) => {
      void run(() => brainstorms.dropGroup(id, g.id, version()));
      toast(t`${groupName(g.name)} is gone; its ideas stay.`, () => {
        void run(() =>
          brainstorms.restoreGroup(
            id,
            g.id,
            ideas.map((i) => i.id),
            version(),
          ),
        );
      });
    };
    const note = (idea: Id, noteKey: string, kind: 'comment' | 'pro' | 'con', text: string) =>
      brainstorms.note(id, idea, noteKey, { kind, text }, version()).then(put);
    const unnote = (
      idea: Id,
      one: { id: Id; kind: 'comment' | 'pro' | 'con'; text: string },
      again: string,
    ) => {
      void run(() => brainstorms.removeNote(id, one.id, version()));
      toast(t`Taken away.`, () => void run(() => brainstorms.note(id, idea, again, one, version())));
    };
    return { move, merge, partAll, group, accept, rename, placeGroup, drop, note, unnote };
  }, [id, cache]);
}
