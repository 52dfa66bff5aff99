import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Section, toast, Wrong } from '~/kit';
import { useMakeToken } from './api';
import { errorApart, errorAt } from './errors';

/** Makes a token and shows it this once. */
export function MakeToken() {
  const [name, setName] = useState('');
  const make = useMakeToken();
  const apart = errorApart(make.error, 'name');
  return (
    <Section title={t`New token`}>
      <p className="set-note">
        {t`A token lets a program act as you, with all that you may do. Give each program its own, so that you can take one back alone.`}
      </p>
      <form
        className="set-line"
        onSubmit={(e) => {
          e.preventDefault();
          if (name.trim()) make.mutate(name.trim(), { onSuccess: () => setName('') });
        }}
      >
        <TextInput
          label={t`What it is for`}
          placeholder={t`nightly report`}
          maxLength={200}
          dir="auto"
          error={errorAt(make.error, 'name')}
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <Button type="submit" loading={make.isPending} disabled={!name.trim()}>
          {t`Make a token`}
        </Button>
      </form>
      <Wrong says={apart} />
      {make.data && <Fresh key={make.data.id} token={make.data.token} onDone={make.reset} />}
    </Section>
  );
}

/** The token itself. It is nowhere else, so the field takes the focus and is ready to be copied. */
function Fresh({ token, onDone }: { token: string; onDone: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const copy = () => {
    const copied = navigator.clipboard?.writeText(token) ?? Promise.reject(new Error('no clipboard'));
    copied.then(
      () => toast(t`The token is copied.`),
      () => {
        field.current?.select();
        toast(t`This browser does not let pages copy. The token is marked: copy it with the keyboard.`);
      },
    );
  };
  return (
    <div className="set-fresh">
      <div className="set-line">
        <TextInput
          ref={field}
          label={t`Your new token`}
          description={t`Shown this once. Copy it now; it cannot be shown again.`}
          readOnly
          value={token}
          classNames={{ input: 'set-secret' }}
          onFocus={(e) => e.currentTarget.select()}
        />
        <Button onClick={copy}>{t`Copy`}</Button>
        <Button variant="default" onClick={onDone}>
          {t`I have it`}
        </Button>
      </div>
      <p className="set-note">
        {t`The program sends it with each request:`} <code>{'Authorization: Bearer …'}</code>{' '}
        <a href="/api/docs">{t`What it can ask for`}</a>
      </p>
    </div>
  );
}
