import type { Baton, BatonNote } from '~/api/batons';
import { clockOf, dateOf, instantOf } from '~/kit/time';

/** A note as it is being written: links are a line each, and the time is on the writer's clock. */
export type NoteDraft = { stands: string; next_step: string; traps: string; links: string; by: string };

export const emptyNote: NoteDraft = { stands: '', next_step: '', traps: '', links: '', by: '' };

export const draftOf = (note: Baton['note'], zone: string): NoteDraft => ({
  stands: note.stands,
  next_step: note.next_step,
  traps: note.traps,
  links: note.links.map((l) => (l.title ? `${l.title} ${l.url}` : l.url)).join('\n'),
  by: note.by ? `${dateOf(note.by, zone)}T${clockOf(note.by, zone)}` : '',
});

/** What is sent for a draft; a time that was not changed is sent as it was read. */
export function noteOf(draft: NoteDraft, zone: string, was?: string | null): BatonNote {
  const unchanged = was && `${dateOf(was, zone)}T${clockOf(was, zone)}` === draft.by;
  return {
    stands: draft.stands,
    next_step: draft.next_step,
    traps: draft.traps,
    links: linksOf(draft.links),
    by: unchanged
      ? was
      : draft.by
        ? new Date(instantOf(draft.by.slice(0, 10), draft.by.slice(11, 16), zone)).toISOString()
        : undefined,
  };
}

/** Each line is a link: its last word is the address, the words before it are its name. */
export function linksOf(text: string): { title?: string; url: string }[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const at = line.lastIndexOf(' ');
      return at < 0 ? { url: line } : { title: line.slice(0, at).trim(), url: line.slice(at + 1) };
    });
}
