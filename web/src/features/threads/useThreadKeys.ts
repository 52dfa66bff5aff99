import type { Id, Thread } from '~/api/types';
import { useKeys } from '~/kit';
import { useMark } from './api';

type Keys = { thread: Thread; firstNew: Id | null; onEdit: (post: Id) => void };

/** The keys of a thread: j and k from post to post, n to what is new, r to reply, e to edit. */
export function useThreadKeys({ thread, firstNew, onEdit }: Keys) {
  const mark = useMark(thread);
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    n: firstNew ? () => jumpTo(firstNew) : undefined,
    r: focusReply,
    e: () => {
      const post = current()?.dataset.post;
      if (post) onEdit(post);
    },
    f: () => mark.mutate({ mark: 'follow', on: !thread.following }),
    s: () => mark.mutate({ mark: 'saved', on: !thread.saved }),
  });
}

const all = () => [...document.querySelectorAll<HTMLElement>('.posts [data-post]')];
const current = () => document.activeElement?.closest<HTMLElement>('.posts [data-post]') ?? null;

/** Moves the focus to the next post, or to the first one below the top of the screen. */
function step(by: number) {
  const list = all();
  const here = current();
  const at = here ? list.indexOf(here) + by : list.findIndex((el) => el.getBoundingClientRect().top >= 0);
  show(list[Math.min(list.length - 1, Math.max(0, at))]);
}

/** Brings a post into view and puts the focus on it. */
export function jumpTo(post: Id) {
  show(document.getElementById(post));
}

function show(el: HTMLElement | null | undefined) {
  el?.scrollIntoView({ block: 'start' });
  el?.focus({ preventScroll: true });
}

/** Puts the cursor into the reply. */
export function focusReply() {
  const field = document.querySelector<HTMLElement>('.thread-reply textarea:not([hidden])');
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}
