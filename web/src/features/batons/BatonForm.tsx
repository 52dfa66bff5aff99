import { t } from '@lingui/core/macro';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { batons, threads } from '~/api';
import { keys, spacesQuery, useMe } from '~/api/queries';
import type { Id } from '~/api/types';
import { useDraft } from '~/core/compose/draft';
import { toast } from '~/kit';
import { useBatons } from './api';
import { Form } from './Form';
import { NoteFields } from './NoteFields';
import { emptyNote, type NoteDraft, noteOf } from './note';
import { nobodyYet, WhomField, whomOf } from './WhomField';

type Typed = { title: string | null; note: NoteDraft };

/** Makes work a baton: about a thread, or with one of its own. What is typed is kept until it is one. */
export function BatonForm({ about, onClose }: { about?: Id; onClose: () => void }) {
  const zone = useMe().person.zone;
  const navigate = useNavigate();
  const spaces = (useQuery(spacesQuery).data ?? []).filter((s) => s.member && !s.archived);
  const thread = useQuery({
    queryKey: keys.thread(about ?? ''),
    queryFn: () => threads.one(about ?? ''),
    enabled: !!about,
  }).data;
  const draft = useDraft<Typed>(`baton ${about ?? ''}`, { title: null, note: emptyNote });
  const { title, note } = draft.value;
  const [picked, setPicked] = useState('');
  const [whom, setWhom] = useState(nobodyYet);
  const space = about ? (thread?.space.id ?? '') : picked || (spaces[0]?.id ?? '');
  const words = title ?? thread?.title ?? '';
  const save = useBatons(() =>
    batons.open({
      ...(about ? { thread: about } : { space }),
      title: words,
      ...noteOf(note, zone),
      ...whomOf(whom),
    }),
  );
  if (!draft.ready) return null;
  return (
    <Form
      wide
      title={about ? t`Hand over the work of this thread` : t`Hand over work`}
      doIt={whom.way ? t`Hand it over` : t`Keep it as a baton`}
      busy={save.isPending}
      error={save.error}
      disabled={
        !space ||
        !words.trim() ||
        !(note.stands.trim() || note.next_step.trim()) ||
        (whom.way === 'person' && !whom.person)
      }
      onClose={onClose}
      onDo={() =>
        save.mutate(undefined, {
          onSuccess: (made) => {
            toast(
              made.offer
                ? t`Offered to ${made.offer.to.name}. It is yours until they take it.`
                : t`It is a baton now, with you.`,
            );
            draft.clear();
            onClose();
            void navigate({ to: '/batons/$baton', params: { baton: made.id } });
          },
        })
      }
    >
      <TextInput
        label={t`What is it about`}
        required
        data-autofocus
        maxLength={160}
        value={words}
        onChange={(e) => {
          const words = e.currentTarget.value;
          draft.set((old) => ({ ...old, title: words }));
        }}
      />
      {!about && (
        <NativeSelect
          label={t`Space`}
          description={t`Who reads the space may read it.`}
          value={space}
          onChange={(e) => {
            setPicked(e.currentTarget.value);
            setWhom(nobodyYet);
          }}
          data={spaces.map((s) => ({ value: s.id, label: s.name }))}
        />
      )}
      <NoteFields
        note={note}
        set={(part) => draft.set((old) => ({ ...old, note: { ...old.note, ...part } }))}
      />
      {space && <WhomField space={space} value={whom} onChange={setWhom} optional />}
    </Form>
  );
}
