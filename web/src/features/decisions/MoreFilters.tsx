import { t } from '@lingui/core/macro';
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { spacesQuery } from '~/api/queries';
import { PersonPicker } from '~/core/people';
import type { Asked } from './filter';
import { kinds, kindWord, states, stateWord } from './words';

/** The filters that few readers need, loaded when they are wanted. */
export function MoreFilters({ asked, set }: { asked: Asked; set: (part: Asked) => void }) {
  const spaces = useQuery(spacesQuery).data ?? [];
  const any = { value: '', label: t`any` };
  return (
    <div className="dec-more">
      <NativeSelect
        label={t`Space`}
        value={asked.space ?? ''}
        onChange={(e) => set({ space: e.currentTarget.value || undefined })}
        data={[any, ...spaces.map((s) => ({ value: s.id, label: s.name }))]}
      />
      <NativeSelect
        label={t`Kind`}
        value={asked.kind ?? ''}
        onChange={(e) => set({ kind: e.currentTarget.value || undefined })}
        data={[any, ...kinds.map((k) => ({ value: k, label: kindWord(k) }))]}
      />
      <NativeSelect
        label={t`State`}
        value={asked.state ?? ''}
        onChange={(e) => set({ state: e.currentTarget.value || undefined })}
        data={[any, ...states.map((s) => ({ value: s, label: stateWord(s) }))]}
      />
      <PersonPicker
        label={t`Decider`}
        placeholder={t`any`}
        value={asked.decider ?? null}
        onChange={(who) => set({ decider: who ?? undefined })}
      />
      <TextInput
        type="date"
        label={t`From`}
        value={asked.from ?? ''}
        onChange={(e) => set({ from: e.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={t`To`}
        value={asked.to ?? ''}
        onChange={(e) => set({ to: e.currentTarget.value || undefined })}
      />
      <Checkbox
        label={t`Due to be looked at again`}
        checked={!!asked.due}
        onChange={(e) => set({ due: e.currentTarget.checked ? '1' : undefined })}
      />
    </div>
  );
}
