import '~/core/compose/compose.css';
import { t } from '@lingui/core/macro';
import { Button, NativeSelect, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Space } from '~/api/types';
import { Section, toast, Wrong } from '~/kit';
import { windowWords } from '~/kit/time';
import { useChangeSpace } from './api';
import { ColourField } from './ColourField';

const windows = ['1h', '2h', '4h', '8h', '0d', '1d', '2d', '3d', '5d', '10d'];

/** What whoever looks after a space can change about it. */
export function SpaceSettings({ space }: { space: Space }) {
  const [form, setForm] = useState({
    name: space.name,
    purpose: space.purpose,
    color: space.color || 'blue',
    private: space.private,
    usual: space.windows.default,
    shortest: space.windows.shortest,
  });
  const set = (part: Partial<typeof form>) => setForm((old) => ({ ...old, ...part }));
  const save = useChangeSpace(space.id);
  const submit = () =>
    save.mutate(
      {
        name: form.name.trim(),
        purpose: form.purpose.trim(),
        color: form.color,
        private: form.private,
        windows: { default: form.usual, shortest: form.shortest },
      },
      { onSuccess: () => toast(t`Saved.`) },
    );
  return (
    <>
      <form
        className="space-form"
        onSubmit={(e) => {
          e.preventDefault();
          if (form.name.trim()) submit();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t`Name`}
            required
            maxLength={80}
            dir="auto"
            disabled={space.archived}
            value={form.name}
            onChange={(e) => set({ name: e.currentTarget.value })}
          />
          <Textarea
            label={t`Purpose`}
            description={t`What belongs here, in a sentence or two.`}
            autosize
            minRows={2}
            maxLength={2000}
            dir="auto"
            disabled={space.archived}
            value={form.purpose}
            onChange={(e) => set({ purpose: e.currentTarget.value })}
          />
          <ColourField value={form.color} onChange={(color) => set({ color })} />
          <Window
            label={t`Usual time to answer`}
            description={t`What a new ask here begins with: so much of each person's own working time.`}
            value={form.usual}
            onChange={(usual) => set({ usual })}
          />
          <Window
            label={t`Shortest time to answer`}
            description={t`Whoever asks for less is told so before sending.`}
            value={form.shortest}
            onChange={(shortest) => set({ shortest })}
          />
          <Switch
            label={t`Private`}
            description={t`Only members read it and know of it.`}
            checked={form.private}
            disabled={space.archived}
            onChange={(e) => set({ private: e.currentTarget.checked })}
          />
          <Wrong error={save.error} />
          <div>
            <Button type="submit" loading={save.isPending} disabled={!form.name.trim() || space.archived}>
              {t`Save`}
            </Button>
          </div>
        </Stack>
      </form>
      <Archive space={space} />
    </>
  );
}

type WindowProps = { label: string; description: string; value: string; onChange: (window: string) => void };

function Window({ label, description, value, onChange }: WindowProps) {
  const all = windows.includes(value) || !value ? windows : [value, ...windows];
  return (
    <NativeSelect
      label={label}
      description={description}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
      data={all.map((w) => ({ value: w, label: windowWords(w) }))}
    />
  );
}

function Archive({ space }: { space: Space }) {
  const change = useChangeSpace(space.id);
  const put = (archived: boolean) =>
    change.mutate(
      { archived },
      {
        onSuccess: () =>
          toast(archived ? t`Archived. It can still be read and searched.` : t`Open again.`, () =>
            change.mutate({ archived: !archived }),
          ),
      },
    );
  return (
    <Section title={t`Archive`}>
      <p className="space-archive">
        <span>
          {space.archived
            ? t`This space is archived: it can be read and searched, but nobody writes in it.`
            : t`When the subject is done, archive the space: it can then be read and searched, but nobody writes in it. Nothing is lost.`}
        </span>
        <Button variant="default" size="xs" loading={change.isPending} onClick={() => put(!space.archived)}>
          {space.archived ? t`Bring it back` : t`Archive this space`}
        </Button>
      </p>
    </Section>
  );
}
