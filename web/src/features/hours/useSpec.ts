import { t } from '@lingui/core/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, people } from '~/api';
import type { Schedule, ScheduleSpec } from '~/api/types';
import { toast } from '~/kit';
import { useHoursChanged } from './api';
import { clean, same } from './spec';

type State = { draft: ScheduleSpec | null; version: number; past: ScheduleSpec[]; future: ScheduleSpec[] };
const untouched: State = { draft: null, version: 0, past: [], future: [] };

/** One's hours while they are being changed: a draft with undo, saved as a whole. */
export function useSpec(saved: Schedule) {
  const [state, setState] = useState(untouched);
  const changed = useHoursChanged();
  const spec = state.draft ?? saved.spec;
  const save = useMutation({
    // The version that the draft began from: a newer one meanwhile is not overwritten.
    mutationFn: () => people.saveSchedule(clean(spec), state.version),
    onSuccess: (fresh) => {
      changed(fresh);
      setState(untouched);
    },
    meta: { quiet: true },
  });
  const change = (part: Partial<ScheduleSpec>) => {
    save.reset();
    setState((old) => ({
      draft: { ...(old.draft ?? saved.spec), ...part },
      version: old.draft ? old.version : saved.version,
      past: [...old.past.slice(-99), old.draft ?? saved.spec],
      future: [],
    }));
  };
  const undo = () =>
    setState((old) => {
      const before = old.past.at(-1);
      if (!before || !old.draft) return old;
      return { ...old, draft: before, past: old.past.slice(0, -1), future: [old.draft, ...old.future] };
    });
  const redo = () =>
    setState((old) => {
      const next = old.future[0];
      if (!next || !old.draft) return old;
      return { ...old, draft: next, past: [...old.past, old.draft], future: old.future.slice(1) };
    });
  const discard = () => {
    const kept = state;
    save.reset();
    setState(untouched);
    if (kept.draft) toast(t`Your changes are put away.`, () => setState(kept));
  };
  const problems = save.error instanceof ApiProblem ? save.error.fields : [];
  return {
    spec,
    dirty: state.draft !== null && !same(state.draft, saved.spec),
    change,
    undo,
    redo,
    discard,
    save,
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    /** What the server said about a part such as "weekly.mon". */
    problem: (part: string) =>
      problems.find(
        (p) => p.field === part || p.field.startsWith(`${part}[`) || p.field.startsWith(`${part}.`),
      )?.detail,
  };
}

export type SpecDraft = ReturnType<typeof useSpec>;
