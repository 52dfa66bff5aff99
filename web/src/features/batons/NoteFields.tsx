import { t } from '@lingui/core/macro';
import { Textarea, TextInput } from '@mantine/core';
import type { NoteDraft } from './note';

type Props = { note: NoteDraft; set: (part: Partial<NoteDraft>) => void };

/** What is handed over: where it stands, what comes next, where the traps are. */
export function NoteFields({ note, set }: Props) {
  return (
    <>
      <Textarea
        label={t`Where it stands`}
        autosize
        minRows={2}
        maxRows={10}
        value={note.stands}
        onChange={(e) => set({ stands: e.currentTarget.value })}
      />
      <Textarea
        label={t`Next step`}
        autosize
        minRows={2}
        maxRows={10}
        value={note.next_step}
        onChange={(e) => set({ next_step: e.currentTarget.value })}
      />
      <Textarea
        label={t`Traps (optional)`}
        description={t`What whoever takes it should not run into.`}
        autosize
        minRows={1}
        maxRows={10}
        value={note.traps}
        onChange={(e) => set({ traps: e.currentTarget.value })}
      />
      <Textarea
        label={t`Links (optional)`}
        description={t`One a line; words before the address are its name.`}
        autosize
        minRows={1}
        maxRows={8}
        value={note.links}
        onChange={(e) => set({ links: e.currentTarget.value })}
      />
      <TextInput
        type="datetime-local"
        label={t`Done by (your clock, optional)`}
        value={note.by}
        onChange={(e) => set({ by: e.currentTarget.value })}
      />
    </>
  );
}
