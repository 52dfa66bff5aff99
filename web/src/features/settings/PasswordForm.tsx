import { t } from '@lingui/core/macro';
import { Button, Checkbox, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '~/api/queries';
import { Section, toast, Wrong } from '~/kit';
import { useChangePassword } from './api';
import { errorApart, errorAt } from './errors';

const nothing = { current: '', next: '', keepTokens: true };

/** A new password. All other sessions end with the old one. */
export function PasswordForm() {
  const { person } = useMe();
  const [form, setForm] = useState(nothing);
  const set = (part: Partial<typeof form>) => setForm((old) => ({ ...old, ...part }));
  const change = useChangePassword();
  const short = form.next !== '' && [...form.next].length < 10;
  const apart = errorApart(change.error, 'current', 'new');
  const eye = { 'aria-label': t`Show the password`, tabIndex: 0 };
  return (
    <Section title={t`Password`}>
      <form
        className="set-form"
        onSubmit={(e) => {
          e.preventDefault();
          if (!form.current || !form.next || short) return;
          change.mutate(form, {
            onSuccess: () => {
              setForm(nothing);
              toast(t`Your password is changed. Other browsers are signed out.`);
            },
          });
        }}
      >
        {/* So that a password manager knows whose password it keeps. */}
        <input type="text" autoComplete="username" value={person.email} readOnly hidden />
        <PasswordInput
          label={t`Present password`}
          autoComplete="current-password"
          required
          withAsterisk={false}
          error={errorAt(change.error, 'current')}
          value={form.current}
          onChange={(e) => set({ current: e.currentTarget.value })}
          visibilityToggleButtonProps={eye}
        />
        <PasswordInput
          label={t`New password`}
          description={t`At least ten characters. A sentence is easiest to keep in mind.`}
          autoComplete="new-password"
          required
          withAsterisk={false}
          error={errorAt(change.error, 'new')}
          value={form.next}
          onChange={(e) => set({ next: e.currentTarget.value })}
          visibilityToggleButtonProps={eye}
        />
        <Checkbox
          label={t`Keep the tokens of my programs`}
          description={t`Without this they end too. Choose that when somebody may know your password.`}
          checked={form.keepTokens}
          onChange={(e) => set({ keepTokens: e.currentTarget.checked })}
        />
        <Wrong says={apart} />
        <div>
          <Button type="submit" loading={change.isPending} disabled={!form.current || !form.next || short}>
            {t`Change the password`}
          </Button>
        </div>
      </form>
    </Section>
  );
}
