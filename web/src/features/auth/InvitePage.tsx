import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { auth, type InvitationFace, sentenceOf } from '~/api';
import { homeZone } from '~/core/people';
import { Loading } from '~/kit';
import { type Account, AccountFields, Trouble } from './AccountFields';
import { Door } from './Door';
import { useEnter } from './enter';

const route = getRouteApi('/invite/$token');

/** Where an invitation leads. */
export function InvitePage() {
  const { token } = route.useParams();
  const face = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => auth.invitation(token),
    retry: false,
  });
  if (face.data) return <Accept token={token} face={face.data} />;
  if (face.error) {
    return (
      <Door title={t`This invitation cannot be used`} lead={sentenceOf(face.error)}>
        <p className="due-note">{t`It may have been used or have run out. Ask whoever sent it for a new one.`}</p>
        <Link to="/sign-in">{t`I have an account: sign in`}</Link>
      </Door>
    );
  }
  return (
    <Door title={t`Your invitation`}>
      <Loading rows={3} />
    </Door>
  );
}

function Accept({ token, face }: { token: string; face: InvitationFace }) {
  const enter = useEnter();
  const [account, setAccount] = useState<Account>({
    name: '',
    email: face.email,
    password: '',
    zone: homeZone(),
  });
  const go = useMutation({
    mutationFn: () => auth.accept(token, account),
    meta: { quiet: true },
    onSuccess: (me) => enter(me, '/hours'),
  });
  return (
    <Door title={t`Join ${face.workspace}`} lead={t`${face.inviter} invited you.`}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          go.mutate();
        }}
      >
        <AccountFields value={account} onChange={setAccount} fixedEmail={face.email !== ''} />
        <Trouble error={go.error} />
        <Button type="submit" loading={go.isPending}>{t`Join`}</Button>
      </form>
    </Door>
  );
}
