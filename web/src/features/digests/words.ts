import { t } from '@lingui/core/macro';
import type { CatchUpSection, Digest, DigestFull, Urgency } from '~/api/types';
import type { Hue } from '~/kit';
import { clockOf, daysAway, whenOf } from '~/kit/time';

/** "One thing for you", "3 things for you". */
export const countWords = (n: number): string => (n === 1 ? t`One thing for you` : t`${n} things for you`);

/** Why it came when it came. */
export function whyWords(urgency: Urgency): string {
  return {
    routine: t`at your check time`,
    soon: t`could not wait for a check time`,
    urgent: t`at once, because it was urgent`,
  }[urgency];
}

/** Whether and when it was mailed too: "also mailed at 09:00", "in the inbox only". */
export function mailWords(digest: Digest | DigestFull, now: number, zone: string): string {
  if (!digest.mailed_at) return t`in the inbox only`;
  const sameDay = daysAway(digest.mailed_at, Date.parse(digest.at), zone) === 0;
  return sameDay
    ? t`also mailed at ${clockOf(digest.mailed_at, zone)}`
    : t`also mailed ${whenOf(digest.mailed_at, now, zone)}`;
}

/** The parts of a catch-up. */
export const sectionWords = (section: CatchUpSection): string =>
  ({
    matters: t`What still matters`,
    decided: t`Decided meanwhile`,
    answered: t`Answered by others`,
    rest: t`Everything else`,
  })[section];

/** What one line of a digest is, in a word and a colour. */
export function lineTag(kind: string): { word: string; hue: Hue } {
  const tags: Record<string, { word: string; hue: Hue }> = {
    asked: { word: t`Asked`, hue: 'blue' },
    reminded: { word: t`Reminder`, hue: 'yellow' },
    due_soon: { word: t`Due soon`, hue: 'yellow' },
    late: { word: t`Late`, hue: 'red' },
    late_for: { word: t`Late for you`, hue: 'orange' },
    answered: { word: t`Answered`, hue: 'green' },
    declined: { word: t`Declined`, hue: 'red' },
    acknowledged: { word: t`Acknowledged`, hue: 'blue' },
    passed: { word: t`Passed on`, hue: 'gray' },
    settled: { word: t`Settled`, hue: 'green' },
    lapsed: { word: t`Lapsed`, hue: 'gray' },
    due_moved: { word: t`Due moved`, hue: 'gray' },
    info: { word: t`For information`, hue: 'gray' },
    mention: { word: t`Mention`, hue: 'teal' },
    away: { word: t`Away`, hue: 'orange' },
    leaving: { word: t`Before you leave`, hue: 'orange' },
    catch_up: { word: t`Folded away`, hue: 'gray' },
    notice: { word: t`News`, hue: 'gray' },
    concluded: { word: t`Concluded`, hue: 'green' },
  };
  return tags[kind] ?? { word: t`News`, hue: 'gray' };
}
