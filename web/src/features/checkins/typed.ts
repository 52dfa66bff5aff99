import type { CheckinAnswer, CheckinNewBlocker, CheckinQuestion, CheckinTurn } from '~/api/checkins';

export type Said = { text?: string; number?: number; yes?: boolean };
/** What somebody is writing for a turn of theirs. */
export type Typed = {
  answers: Record<string, Said>;
  blockers: CheckinNewBlocker[];
  /** Suggestions that were taken or left out. */
  seen: string[];
  /** Not with the server yet. */
  dirty: boolean;
};

export const blank = (): Typed => ({ answers: {}, blockers: [], seen: [], dirty: false });

/** What a form begins with: the draft that the server keeps, else what was answered. */
export function answersOf(turn: Pick<CheckinTurn, 'draft' | 'answer'>): Record<string, Said> {
  const list: CheckinAnswer[] = turn.draft.length ? turn.draft : (turn.answer?.said ?? []);
  return Object.fromEntries(
    list.map(({ question, text, number, yes }) => [question, lean({ text, number, yes })]),
  );
}

const lean = (said: Said): Said =>
  Object.fromEntries(Object.entries(said).filter(([, v]) => v !== undefined));

export const isEmpty = (said: Said | undefined) =>
  !said || (!said.text?.trim() && said.number === undefined && said.yes === undefined);

/** The answers as the server takes them, in the order of the questions. */
export const listOf = (questions: CheckinQuestion[], answers: Record<string, Said>): CheckinAnswer[] =>
  questions.flatMap((q) => {
    const said = answers[q.key ?? ''];
    return said && !isEmpty(said) ? [{ question: q.key ?? '', ...said }] : [];
  });

/** The questions that want an answer and have none. */
export const lacking = (questions: CheckinQuestion[], answers: Record<string, Said>) =>
  questions.filter((q) => q.required && isEmpty(answers[q.key ?? '']));

/** Adds a line to a text, in a list of its own. */
export const withLine = (text: string, line: string) =>
  `${text.trimEnd()}${text.trim() ? '\n' : ''}- ${line}`;

export const blockerReady = (b: CheckinNewBlocker) => !!b.words.trim() && (!!b.person || !!b.what?.trim());
export const blockerBegun = (b: CheckinNewBlocker) => !!b.words.trim() || !!b.person || !!b.what?.trim();
