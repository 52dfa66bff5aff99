import { t } from '@lingui/core/macro';
import { Button, Group, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { ApiProblem, auth, sentenceOf } from '~/api';
import { useMe } from '~/api/queries';
import { Section, toast } from '~/kit';
import { useMine } from './api';

/** Changes the password; every other browser is signed out. */
export function Password() {
  const me = useMe().person;
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const save = useMine(() => auth.changePassword(current, next), [['sessions'], ['tokens']], true);
  const at = (field: string) =>
    save.error instanceof ApiProblem
      ? save.error.fields.find((f) => f.field.endsWith(field))?.detail
      : undefined;
  const short = next.length > 0 && next.length < 10;
  const show = { visibilityToggleButtonProps: { 'aria-label': t`Show or hide the password` } };
  return (
    <Section title={t`Password`}>
      <form
        className="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined, {
            onSuccess: () => {
              toast(t`The password is changed. You were signed out everywhere else.`);
              setCurrent('');
              setNext('');
            },
          });
        }}
      >
        {/* Password keepers want to know whose password this is. */}
        <input type="text" autoComplete="username" value={me.email} readOnly hidden />
        <PasswordInput
          label={t`The present one`}
          autoComplete="current-password"
          value={current}
          error={at('current')}
          onChange={(event) => setCurrent(event.target.value)}
          {...show}
        />
        <PasswordInput
          label={t`The new one`}
          description={t`At least ten characters.`}
          autoComplete="new-password"
          value={next}
          error={at('new') ?? at('password')}
          onChange={(event) => setNext(event.target.value)}
          {...show}
        />
        {save.error && !at('current') && !at('new') && !at('password') && (
          <p className="settings-bad">{sentenceOf(save.error)}</p>
        )}
        <Group>
          <Button type="submit" size="xs" disabled={!current || !next || short} loading={save.isPending}>
            {t`Change the password`}
          </Button>
          <span className="settings-hint">{t`Other browsers and all tokens are signed out.`}</span>
        </Group>
      </form>
    </Section>
  );
}
