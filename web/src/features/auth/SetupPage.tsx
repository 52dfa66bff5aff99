import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { auth } from '~/api';
import { homeZone } from '~/core/people';
import { type Account, AccountFields, Trouble } from './AccountFields';
import { Door } from './Door';
import { useEnter } from './enter';

const route = getRouteApi('/setup');

/** The first run: names the workspace and makes its owner. Needs the link that the server printed. */
export function SetupPage() {
  const { token } = route.useSearch();
  const enter = useEnter();
  const [workspace, setWorkspace] = useState('');
  const [account, setAccount] = useState<Account>({ name: '', email: '', password: '', zone: homeZone() });
  const go = useMutation({
    mutationFn: () => auth.setup({ token: token ?? '', workspace, ...account }),
    meta: { quiet: true },
    onSuccess: (me) => enter(me, '/hours'),
  });
  if (!token) {
    return (
      <Door
        title={t`This link is not complete`}
        lead={t`Open the whole link that the server printed when it started; it ends with a token.`}
      >
        <Link to="/sign-in">{t`Sign in instead`}</Link>
      </Door>
    );
  }
  return (
    <Door title={t`Set up your workspace`} lead={t`You will be its owner. Everything can be changed later.`}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          go.mutate();
        }}
      >
        <TextInput
          label={t`Name of the workspace`}
          placeholder={t`Your company or group`}
          required
          withAsterisk={false}
          value={workspace}
          onChange={(e) => setWorkspace(e.currentTarget.value)}
        />
        <AccountFields value={account} onChange={setAccount} />
        <Trouble error={go.error} />
        <Button type="submit" loading={go.isPending}>{t`Begin`}</Button>
      </form>
    </Door>
  );
}
