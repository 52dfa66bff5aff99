import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { auth, type InvitationFace, sentenceOf } from '~/api';
import { now } from '~/api/clock';
import { homeZone } from '~/core/people';
import { Loading } from '~/kit';
import { dayOf, whenOf } from '~/kit/time';
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
  if (face.data?.over) {
    return (
      <Door title={t`This invitation leads to nothing any more`} lead={<bdi>{face.data.about}</bdi>}>
        <p className="due-note">{face.data.over}</p>
        <Link to="/sign-in">{t`I have an account: sign in`}</Link>
      </Door>
    );
  }
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
    name: face.name,
    email: face.email,
    password: '',
    zone: homeZone(),
  });
  const go = useMutation({
    mutationFn: () => auth.accept(token, account),
    meta: { quiet: true },
    onSuccess: (me) => enter(me, face.path || '/hours'),
  });
  const one = face.about !== '';
  return (
    <Door
      title={one ? face.about : t`Join ${face.workspace}`}
      lead={
        one
          ? t`${face.inviter} of ${face.workspace} asks you to take part in this.`
          : t`${face.inviter} invited you.`
      }
    >
      {one && <Terms face={face} zone={account.zone} />}
      <form
        onSubmit={(e) => {
          e.preventDefault();
          go.mutate();
        }}
      >
        <AccountFields value={account} onChange={setAccount} fixedEmail={face.email !== ''} />
        <Trouble error={go.error} />
        <Button type="submit" loading={go.isPending}>
          {one ? t`Take part` : t`Join`}
        </Button>
      </form>
    </Door>
  );
}

/** By when it ends, what a guest sees, and for how long. */
function Terms({ face, zone }: { face: InvitationFace; zone: string }) {
  const at = now();
  const until = face.guest_until && dayOf(face.guest_until, at, zone);
  return (
    <p className="due-note">
      {face.ends && t`As it stands, it ends ${whenOf(face.ends, at, zone)}.`}{' '}
      {until
        ? t`You see this and nothing else of ${face.workspace}, until ${until}.`
        : t`You see this and nothing else of ${face.workspace}.`}
    </p>
  );
}
