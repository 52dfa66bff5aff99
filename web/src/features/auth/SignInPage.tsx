import { t } from '@lingui/core/macro';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { auth, ops } from '~/api';
import { Face, Wrong } from '~/kit';
import { Door } from './Door';
import { useEnter } from './enter';

const route = getRouteApi('/sign-in');

/** The door. In a demo it offers the people of the demo company. */
export function SignInPage() {
  const { to } = route.useSearch();
  const enter = useEnter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const setup = useQuery({ queryKey: ['setup'], queryFn: auth.setupNeeded, retry: false });
  const demo = useQuery({ queryKey: ['clock'], queryFn: ops.clock, retry: false }).data?.demo;
  const go = useMutation({
    mutationFn: (as: { email: string; password: string }) => auth.signIn(as.email, as.password),
    meta: { quiet: true },
    onSuccess: (me) => enter(me, to),
  });
  if (setup.data?.needed) {
    return (
      <Door title={t`Welcome to Meantime`} lead={t`This server has no workspace yet.`}>
        <p className="due-note">{t`Open the link that the server printed when it started. It begins with this address and /setup.`}</p>
      </Door>
    );
  }
  return (
    <Door title={t`Sign in`} lead={t`Work across time zones, each in their own hours.`}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          go.mutate({ email, password });
        }}
      >
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(e) => setEmail(e.currentTarget.value)}
        />
        <PasswordInput
          label={t`Password`}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(e) => setPassword(e.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }}
        />
        <Wrong error={go.error} />
        <Button type="submit" loading={go.isPending}>{t`Sign in`}</Button>
      </form>
      {demo && (
        <DemoPeople busy={go.isPending} onPick={(mail) => go.mutate({ email: mail, password: 'meantime' })} />
      )}
    </Door>
  );
}

/** The demo's people; one press signs in as one of them. */
function DemoPeople({ busy, onPick }: { busy: boolean; onPick: (email: string) => void }) {
  const names: [string, string][] = [
    ['Ana Lima', 'ana'],
    ['Kofi Mensah', 'kofi'],
    ['Mei Tanaka', 'mei'],
    ['Priya Nair', 'priya'],
    ['Tomás Rey', 'tomas'],
    ['Jonas Weber', 'jonas'],
    ['Sara Haddad', 'sara'],
    ['Liam Okafor', 'liam'],
    ['João Alves', 'joao'],
  ];
  return (
    <section aria-label={t`People of the demo`}>
      <p className="due-note">{t`This is a demo. Be one of its people:`}</p>
      <div className="door-people">
        {names.map(([name, handle]) => (
          <Button
            key={handle}
            variant="default"
            size="compact-sm"
            disabled={busy}
            leftSection={<Face name={name} size={18} />}
            onClick={() => onPick(`${handle}@northwind.example`)}
          >
            {name}
          </Button>
        ))}
      </div>
    </section>
  );
}
