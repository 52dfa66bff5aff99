import { t } from '@lingui/core/macro';
import { Button, Group, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem, auth, sentenceOf } from '~/api';
import { useMe } from '~/api/queries';
import { Section, toast } from '~/kit';
import { cityOf } from '~/kit/time';
import { mine, useMine } from './api';

/** Name, title and handle. */
export function Profile() {
  const me = useMe().person;
  const [name, setName] = useState(me.name);
  const [title, setTitle] = useState(me.title);
  const [handle, setHandle] = useState(me.handle);
  const save = useMine(auth.changeMe, mine, true);
  const at = (field: string) =>
    save.error instanceof ApiProblem
      ? save.error.fields.find((f) => f.field.endsWith(field))?.detail
      : undefined;
  const changed = name !== me.name || title !== me.title || handle !== me.handle;
  return (
    <Section title={t`How others see me`}>
      <form
        className="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(
            { name: name.trim(), title: title.trim(), handle: handle.trim() },
            { onSuccess: () => toast(t`Saved.`) },
          );
        }}
      >
        <TextInput
          label={t`Name`}
          required
          maxLength={80}
          autoComplete="name"
          value={name}
          error={at('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <TextInput
          label={t`Title`}
          description={t`What you do, in a few words.`}
          maxLength={120}
          value={title}
          error={at('title')}
          onChange={(event) => setTitle(event.target.value)}
        />
        <TextInput
          label={t`Handle`}
          description={t`Others mention you as @${handle || me.handle}.`}
          required
          maxLength={32}
          value={handle}
          error={at('handle')}
          onChange={(event) => setHandle(event.target.value)}
        />
        {save.error && !at('name') && !at('title') && !at('handle') && (
          <p className="settings-bad">{sentenceOf(save.error)}</p>
        )}
        <Group>
          <Button type="submit" size="xs" disabled={!changed} loading={save.isPending}>
            {t`Save`}
          </Button>
        </Group>
        <p className="settings-hint">
          {t`Your clock is ${cityOf(me.zone)}.`}{' '}
          <Link to="/hours">{t`Zone and hours are under My hours.`}</Link>
        </p>
      </form>
    </Section>
  );
}
