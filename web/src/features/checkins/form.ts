import type { Checkin, CheckinFields, CheckinQuestion, CheckinRhythm, CheckinTemplate } from '~/api/checkins';
import { newKey } from '~/api/client';
import type { Id, Weekday } from '~/api/types';
import { weekdays } from '~/kit/days';

/** A check-in while it is being written. */
export type Form = {
  space: Id;
  template: string;
  name: string;
  purpose: string;
  team: Id | null;
  people: Id[];
  questions: CheckinQuestion[];
  rhythm: CheckinRhythm;
  hidden: boolean;
  window: string;
  key: string;
};

export const emptyForm = (): Form => ({
  space: '',
  template: '',
  name: '',
  purpose: '',
  team: null,
  people: [],
  questions: [{ kind: 'text', text: '' }],
  rhythm: { every: 'day', at: 'start' },
  hidden: false,
  window: '1d',
  key: newKey(),
});

export const formOf = (c: Checkin): Form => ({
  space: c.space.id,
  template: c.template,
  name: c.name,
  purpose: c.purpose,
  team: c.team?.id ?? null,
  people: c.people.map((p) => p.id),
  questions: c.questions,
  rhythm: c.rhythm,
  hidden: c.hidden,
  window: c.blocker_window,
  key: newKey(),
});

/** What a template fills in; words that somebody wrote themselves stay. */
export const fromTemplate = (
  form: Form,
  is: CheckinTemplate | null,
  was?: CheckinTemplate,
): Partial<Form> => ({
  template: is?.key ?? '',
  name: form.name === '' || form.name === was?.name ? (is?.name ?? '') : form.name,
  purpose: form.purpose === '' || form.purpose === was?.purpose ? (is?.purpose ?? '') : form.purpose,
  questions: is?.questions ?? [{ kind: 'text', text: '' }],
  rhythm: is?.rhythm ?? form.rhythm,
});

export const fieldsOf = (form: Form): CheckinFields => ({
  name: form.name.trim(),
  purpose: form.purpose.trim(),
  team: form.team ?? undefined,
  people: form.people,
  questions: form.questions.map(tidy),
  rhythm: rhythmOf(form.rhythm),
  hidden: form.hidden,
  blocker_window: form.window,
});

const tidy = ({ choices, unit, ...q }: CheckinQuestion): CheckinQuestion => ({
  ...q,
  text: q.text?.trim(),
  ...(q.kind === 'choice' ? { choices: (choices ?? []).map((c) => c.trim()).filter(Boolean) } : {}),
  ...(q.kind === 'number' && unit?.trim() ? { unit: unit.trim() } : {}),
});

/** A rhythm without what does not belong to its kind. */
export function rhythmOf(r: CheckinRhythm): CheckinRhythm {
  const days = weekdays.filter((d: Weekday) => r.weekdays?.includes(d));
  return {
    every: r.every,
    ...(r.every === 'week' || r.every === 'month' ? { n: r.n || 1 } : {}),
    ...(r.every !== 'once' && days.length ? { weekdays: r.every === 'month' ? days.slice(0, 1) : days } : {}),
    ...(r.every === 'month' ? { nth: r.nth || 1 } : {}),
    ...(r.from ? { from: r.from } : {}),
    ...(r.until && r.every !== 'once' ? { until: r.until } : {}),
    at: r.at ?? 'start',
    ...(r.at === 'clock' ? { clock: r.clock || '09:00' } : r.minutes ? { minutes: r.minutes } : {}),
  };
}

/** The first thing that still lacks, by the name of its field; nothing when all is there. */
export function lacks(form: Form): 'name' | 'people' | 'questions' | 'days' | null {
  if (!form.name.trim()) return 'name';
  if (!form.team && form.people.length === 0) return 'people';
  if (form.questions.length === 0 || form.questions.some((q) => !worded(q))) return 'questions';
  const r = form.rhythm;
  const dayless = (r.weekdays?.length ?? 0) === 0;
  if ((r.every === 'week' || r.every === 'month') && dayless) return 'days';
  return null;
}

const worded = (q: CheckinQuestion) =>
  q.kind === 'of_week' ||
  (!!q.text?.trim() && (q.kind !== 'choice' || (q.choices ?? []).filter((c) => c.trim()).length >= 2));
