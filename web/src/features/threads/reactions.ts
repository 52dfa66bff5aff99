import { useMutation, useQueryClient } from '@tanstack/react-query';
import { posts } from '~/api';
import { keys, useMe } from '~/api/queries';
import type { PersonRef, Post, Reaction } from '~/api/types';
import { putPost } from './api';

/** Puts a reaction on or takes it off, in a list of reactions; the last one off takes the emoji away. */
export function withReaction(list: Reaction[], emoji: string, me: PersonRef, on: boolean): Reaction[] {
  const others = (r: Reaction) => r.people.filter((p) => p.id !== me.id);
  const has = list.some((r) => r.emoji === emoji);
  const next = list.map((r) =>
    r.emoji === emoji ? { ...r, mine: on, people: on ? [...others(r), me] : others(r) } : r,
  );
  if (on && !has) next.push({ emoji, mine: true, people: [me] });
  return next.filter((r) => r.people.length > 0);
}

/** Reacts to a post at once, and takes it back when the server says no. */
export function useReact(post: Post) {
  const cache = useQueryClient();
  const me = useMe().person;
  const set = (emoji: string, on: boolean) =>
    putPost(cache, post.thread, post.id, (p) => ({
      ...p,
      reactions: withReaction(p.reactions, emoji, me, on),
    }));
  return useMutation({
    mutationFn: ({ emoji, on }: { emoji: string; on: boolean }) => posts.react(post.id, emoji, on),
    onMutate: ({ emoji, on }) => set(emoji, on),
    onError: (_error, { emoji, on }) => set(emoji, !on),
    onSettled: () => void cache.invalidateQueries({ queryKey: keys.posts(post.thread) }),
  });
}
