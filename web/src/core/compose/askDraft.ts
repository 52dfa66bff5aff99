import { t } from '@lingui/core/macro';
import type { AskKind, NewAsk, Recipients, SilenceThen, Urgency } from '~/api/types';
import { instantOf } from '~/kit/time';

/** An ask while it is being written: every field has something in it, so that nothing is lost by a change of mind. */
export type AskDraft = {
  kind: AskKind;
  to: Recipients;
  text: string;
  /** "4h", "1d" …, "deadline", or empty for what is usual: agreed by the team, or set by the space. */
  window: string;
  date: string;
  time: string;
  urgency: Urgency;
  reason: string;
  otherwise: string;
  /** Why it cannot wait even so, when the space's urgent pages of the month are used up. */
  second: string;
  need: string; // "all", "any", or a number
  silence: SilenceThen;
  silenceTo: string | null;
  choices: string[];
};

export const newAsk = (window = '', to: Recipients = { people: [], teams: [] }): AskDraft => ({
  kind: 'reply',
  to,
  text: '',
  window,
  date: '',
  time: '17:00',
  urgency: 'routine',
  reason: '',
  otherwise: '',
  second: '',
  need: 'all',
  silence: 'nothing',
  silenceTo: null,
  choices: ['', ''],
});

/** The windows on offer; a space may have another default, which then joins them. */
export function windowsFor(usual?: string): string[] {
  const known = ['4h', '8h', '1d', '2d', '3d', '5d'];
  return usual && !known.includes(usual) ? [usual, ...known] : known;
}

const filled = (choices: string[]) => choices.map((c) => c.trim()).filter(Boolean);
export const addressed = ({ to }: AskDraft) =>
  to.people.length + to.teams.length + (to.duty?.length ?? 0) > 0;

/** What is still missing before an ask can be sent, as a sentence; null when nothing is. */
export function missing(ask: AskDraft): string | null {
  if (!addressed(ask)) return t`Say who is asked.`;
  if (ask.window === 'deadline' && (!ask.date || !ask.time))
    return t`Choose the day and time of the deadline.`;
  if (ask.urgency === 'urgent' && !ask.reason.trim()) return t`Say why it is urgent.`;
  if (ask.urgency === 'urgent' && !ask.otherwise.trim()) return t`Say what happens if nobody acts.`;
  if (ask.kind === 'decide' && filled(ask.choices).length === 1)
    return t`Give at least two choices, or none.`;
  if (ask.silence === 'escalate' && !ask.silenceTo) return t`Say who is asked when nobody answers.`;
  return null;
}

/** The ask as the server takes it; a deadline is read on the clock of the zone. */
export function toNewAsk(ask: AskDraft, zone: string): NewAsk {
  const out: NewAsk = { kind: ask.kind, to: ask.to, urgency: ask.urgency, need: needOf(ask.need) };
  if (ask.window === 'deadline') out.deadline = new Date(instantOf(ask.date, ask.time, zone)).toISOString();
  else if (ask.window) out.window = ask.window;
  if (ask.text.trim()) out.text = ask.text.trim();
  if (ask.urgency === 'urgent') {
    out.reason = ask.reason.trim();
    out.otherwise = ask.otherwise.trim() || undefined;
    if (ask.second?.trim()) out.second_reason = ask.second.trim();
  }
  if (ask.silence !== 'nothing') {
    out.silence = {
      then: ask.silence,
      to: ask.silence === 'escalate' ? (ask.silenceTo ?? undefined) : undefined,
    };
  }
  if (ask.kind === 'decide' && filled(ask.choices).length) out.choices = filled(ask.choices);
  return out;
}

export const needOf = (need: string): NewAsk['need'] =>
  need === 'all' || need === 'any' ? need : Number(need);
