import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '~/api/queries';
import { Section, toast, Wrong } from '~/kit';
import { cityOf } from '~/kit/time';
import { useChangeMe } from './api';
import { errorApart, errorAt } from './errors';

/** Name, title and handle, as others see them. */
export function ProfileForm() {
  const { person } = useMe();
  const [form, setForm] = useState({ name: person.name, title: person.title, handle: person.handle });
  const set = (part: Partial<typeof form>) => setForm((old) => ({ ...old, ...part }));
  const save = useChangeMe();
  const changed =
    form.name.trim() !== person.name ||
    form.title.trim() !== person.title ||
    form.handle.trim() !== person.handle;
  const apart = errorApart(save.error, 'name', 'title', 'handle');
  const submit = () =>
    save.mutate(
      { name: form.name.trim(), title: form.title.trim(), handle: form.handle.trim() },
      {
        // The server may write them a little differently: a handle is always in small letters.
        onSuccess: ({ person: p }) => {
          setForm({ name: p.name, title: p.title, handle: p.handle });
          toast(t`Saved.`);
        },
      },
    );
  return (
    <Section title={t`How others see you`}>
      <form
        className="set-form"
        onSubmit={(e) => {
          e.preventDefault();
          if (form.name.trim() && changed) submit();
        }}
      >
        <TextInput
          label={t`Name`}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={80}
          dir="auto"
          error={errorAt(save.error, 'name')}
          value={form.name}
          onChange={(e) => set({ name: e.currentTarget.value })}
        />
        <TextInput
          label={t`Title`}
          description={t`What you do, in a few words. It stands beside your name.`}
          autoComplete="organization-title"
          maxLength={120}
          dir="auto"
          error={errorAt(save.error, 'title')}
          value={form.title}
          onChange={(e) => set({ title: e.currentTarget.value })}
        />
        <TextInput
          label={t`Handle`}
          description={t`Others mention you by it.`}
          leftSection="@"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          required
          withAsterisk={false}
          maxLength={33}
          error={errorAt(save.error, 'handle')}
          value={form.handle}
          onChange={(e) => set({ handle: e.currentTarget.value })}
        />
        <Wrong says={apart} />
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.name.trim() || !changed}>
            {t`Save`}
          </Button>
        </div>
      </form>
      <p className="set-note">
        {t`You sign in with`} <bdi>{person.email}</bdi>. {t`Your clock is that of ${cityOf(person.zone)};`}{' '}
        <Link to="/hours">{t`change it with your hours`}</Link>.
      </p>
    </Section>
  );
}
