import { t } from '@lingui/core/macro';
import type { Brainstorm, BrainstormPhase, Idea, VoteRule } from '~/api/brainstorms';
import type { Hue } from '~/kit';

/** A phase in one word. */
export const phaseWord = (phase: string): string =>
  ({
    collect: t`Collect`,
    reveal: t`Reveal`,
    cluster: t`Group`,
    refine: t`Refine`,
    vote: t`Vote`,
    act: t`Results`,
    ended: t`Ended`,
  })[phase] ?? phase;

/** What happens in a phase. */
export const phaseWhat = (phase: string): string =>
  ({
    collect: t`Everybody writes ideas. Nobody sees those of others.`,
    reveal: t`All ideas are read, in a shuffled order.`,
    cluster: t`Ideas that belong together are put into groups.`,
    refine: t`Comments, and what speaks for and against.`,
    vote: t`Everybody votes, alone.`,
    act: t`The results are open, and ideas become work.`,
  })[phase] ?? '';

/** What the reader is expected to do now. */
export function nowWords(b: Brainstorm): string {
  if (b.phase === 'ended') return t`This brainstorm has ended. Its board stays to be read.`;
  if (b.in_rooms) return t`People think in small groups now, each on a board of its own.`;
  if (!b.me)
    return b.may.join ? t`You do not take part. You may join.` : t`You do not take part in this brainstorm.`;
  if (b.me.done)
    return t`You are done with this phase. It goes on when everybody is, or when its time is over.`;
  return {
    collect: t`Write what comes to mind, one thought to a card. Only you see your cards until they are revealed.`,
    reveal: t`Read the ideas in peace.`,
    cluster: t`Put ideas that belong together into groups, and merge those that say the same.`,
    refine: t`Say what an idea needs, and what speaks for and against it.`,
    vote: t`Give your votes. Nobody sees them but you, and you can change them until the phase ends.`,
    act: t`See what came of it. Whoever facilitates makes work of it.`,
  }[b.phase];
}

export const phaseHue = (phase: BrainstormPhase): Hue =>
  phase === 'ended' ? 'gray' : phase === 'act' ? 'green' : phase === 'vote' ? 'violet' : 'blue';

/** The ways to vote, with what each means. */
export const methods = (): { value: VoteRule['method']; label: string; what: string }[] => [
  { value: 'dots', label: t`Dots`, what: t`Everybody has a few dots to give.` },
  { value: 'likes', label: t`Like or not`, what: t`Each idea is liked, disliked or left alone.` },
  { value: 'points', label: t`100 points`, what: t`Everybody shares out 100 points.` },
  { value: 'scale', label: t`−3 to +3`, what: t`Each idea is rated from strongly against to strongly for.` },
  {
    value: 'impact_effort',
    label: t`Impact and effort`,
    what: t`Each idea is placed by what it would bring and what it would take.`,
  },
];

/** The first words of an idea, for names of buttons and for announcements. */
export function ideaName(i: Pick<Idea, 'text' | 'link'>): string {
  const words = `${i.text} ${i.link}`.trim().replace(/\s+/g, ' ');
  return words === '' ? t`the picture` : words.length > 60 ? `${words.slice(0, 58)}…` : words;
}

export const groupName = (name: string): string => name || t`Group without a name`;

export const ideasWords = (n: number | null | undefined): string =>
  n == null ? t`ideas are hidden` : n === 1 ? t`1 idea` : t`${n} ideas`;
