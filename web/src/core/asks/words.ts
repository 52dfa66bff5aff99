import { t } from '@lingui/core/macro';
import type { Ask, AskKind, Need, Owed, SilenceThen, Urgency } from '~/api/types';
import type { Hue } from '~/kit';

export const kinds: AskKind[] = ['reply', 'review', 'approve', 'decide', 'do', 'acknowledge', 'check_in'];

/** The word on an ask's tag, and on the rows that only tell. */
export function kindWord(kind: string): string {
  const words: Record<string, string> = {
    reply: t`Reply`,
    review: t`Review`,
    approve: t`Approve`,
    decide: t`Decide`,
    do: t`Do`,
    acknowledge: t`Acknowledge`,
    check_in: t`Check-in`,
    info: t`For information`,
    mention: t`Mention`,
    concluded: t`Concluded`,
    answered: t`Answered`,
    declined: t`Declined`,
    settled: t`Settled`,
    lapsed: t`Lapsed`,
    passed: t`Passed on`,
    acknowledged: t`Acknowledged`,
    due_moved: t`Due moved`,
    late: t`Late`,
    reminder: t`Reminder`,
    reminded: t`Reminder`,
  };
  return words[kind] ?? t`News`;
}

export function kindHue(kind: string): Hue {
  const hues: Record<string, Hue> = {
    reply: 'blue',
    review: 'teal',
    approve: 'violet',
    decide: 'violet',
    do: 'gray',
    acknowledge: 'yellow',
    check_in: 'orange',
    concluded: 'green',
    settled: 'green',
    answered: 'green',
    declined: 'red',
    late: 'red',
  };
  return hues[kind] ?? 'gray';
}

/** What an ask of a kind wants, as a line under its name. */
export function kindHint(kind: AskKind): string {
  const words: Record<AskKind, string> = {
    reply: t`an answer in words`,
    review: t`a careful look and comments`,
    approve: t`yes, or no with a reason`,
    decide: t`one of the choices`,
    do: t`something done`,
    acknowledge: t`a word that it was seen`,
    check_in: t`how things stand`,
  };
  return words[kind];
}

/** Where one addressee stands: "waiting", "promised by Thu 10:00", "declined". */
export function stateWord(owed: Owed): string {
  if (owed.state === 'answered') return owed.answer?.value ? valueWord(owed.answer.value) : t`answered`;
  if (owed.late && (owed.state === 'waiting' || owed.state === 'acknowledged')) return t`late`;
  const words = {
    waiting: t`waiting`,
    acknowledged: owed.promised_at ? t`promised` : t`has seen it`,
    declined: t`declined`,
    passed: t`passed on`,
    released: t`released`,
  };
  return words[owed.state];
}

/** A one-click answer in words; a choice is its own word. */
export function valueWord(value: string): string {
  const words: Record<string, string> = { yes: t`approved`, no: t`not approved`, done: t`done`, ok: t`seen` };
  return words[value] ?? value;
}

export function stateHue(owed: Owed): Hue {
  if (owed.state === 'answered') return owed.answer?.value === 'no' ? 'red' : 'green';
  if (owed.late && (owed.state === 'waiting' || owed.state === 'acknowledged')) return 'red';
  return owed.state === 'acknowledged' ? 'blue' : owed.state === 'declined' ? 'orange' : 'gray';
}

export function urgencyWord(urgency: Urgency): string {
  return { routine: t`Routine`, soon: t`Soon`, urgent: t`Urgent` }[urgency];
}

export function urgencyHint(urgency: Urgency): string {
  return {
    routine: t`waits for each person's next check time`,
    soon: t`at the next moment they work and may be interrupted`,
    urgent: t`at once; needs a reason`,
  }[urgency];
}

export function needWord(need: Need): string {
  if (need === 'all') return t`everybody answers`;
  if (need === 'any') return t`one answer is enough`;
  return t`${need} answers are enough`;
}

export function silenceWord(then: SilenceThen): string {
  return {
    nothing: t`it stays open`,
    consent: t`silence is consent`,
    escalate: t`it goes to somebody else`,
    i_decide: t`I decide`,
  }[then];
}

export const open = (owed: Owed) => owed.state === 'waiting' || owed.state === 'acknowledged';

/** How far an ask is, in a few words: "2 of 3 answered", "settled". */
export function progressWord(ask: Ask): string {
  if (ask.state === 'settled') return t`settled`;
  if (ask.state === 'released') return t`released`;
  if (ask.state === 'lapsed') return t`closed by silence`;
  return t`${ask.answered} of ${ask.needed} answered`;
}
