import { t } from '@lingui/core/macro';
import { PasswordInput, TextInput } from '@mantine/core';
import { ApiProblem, sentenceOf } from '~/api';
import { ZonePicker } from '~/core/people';

export type Account = { name: string; email: string; password: string; zone: string };

/** Name, e-mail, password and zone of somebody new. */
export function AccountFields({
  value,
  onChange,
  fixedEmail,
}: {
  value: Account;
  onChange: (a: Account) => void;
  fixedEmail?: boolean;
}) {
  const set = (part: Partial<Account>) => onChange({ ...value, ...part });
  return (
    <>
      <TextInput
        label={t`Your name`}
        autoComplete="name"
        required
        withAsterisk={false}
        value={value.name}
        onChange={(e) => set({ name: e.currentTarget.value })}
      />
      <TextInput
        label={t`E-mail`}
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
        readOnly={fixedEmail}
        value={value.email}
        onChange={(e) => set({ email: e.currentTarget.value })}
      />
      <PasswordInput
        label={t`Password`}
        description={t`At least ten characters. A sentence is easiest to keep in mind.`}
        autoComplete="new-password"
        required
        withAsterisk={false}
        minLength={10}
        value={value.password}
        onChange={(e) => set({ password: e.currentTarget.value })}
        visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }}
      />
      <ZonePicker
        label={t`Where you work`}
        description={t`Your hours are counted on this clock.`}
        value={value.zone}
        onChange={(zone) => set({ zone })}
      />
    </>
  );
}

/** What went wrong, with the fields that the server named. */
export function Trouble({ error }: { error: unknown }) {
  if (!error) return null;
  const fields = error instanceof ApiProblem ? error.fields.filter((f) => f.detail !== error.sentence) : [];
  return (
    <div className="door-bad" role="alert">
      {sentenceOf(error)}
      {fields.map((f) => (
        <div key={f.field}>{f.detail}</div>
      ))}
    </div>
  );
}
