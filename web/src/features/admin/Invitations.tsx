import { t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNow } from '~/api/clock';
import { peopleQuery, spacesQuery, useMe } from '~/api/queries';
import type { Invitation } from '~/api/types';
import { Empty, Face, Faces, Row, Rows, Sure, Tag, toast } from '~/kit';
import { dayOf, whenOf } from '~/kit/time';
import { invitationsQuery, useUninvite } from './api';
import { NewInvitation } from './NewInvitation';
import { roleWord } from './words';

/** The open invitations; new ones are made here, and any can be taken back. */
export function Invitations() {
  const list = useQuery(invitationsQuery);
  const [making, setMaking] = useState(false);
  const add = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
      {t`New invitation`}
    </Button>
  );
  return (
    <>
      <Group justify="flex-end" mb="sm">
        {(list.data?.length ?? 0) > 0 && add}
      </Group>
      <Faces
        of={list}
        isEmpty={(all) => all.length === 0}
        empty={
          <Empty title={t`No invitation is open.`}>
            <p>{t`An invitation is a link for one person. It works for seven days.`}</p>
            <p>{add}</p>
          </Empty>
        }
      >
        {(all) => (
          <Rows label={t`Open invitations`}>
            {all.map((one) => (
              <li key={one.id}>
                <OneInvitation one={one} />
              </li>
            ))}
          </Rows>
        )}
      </Faces>
      {making && <NewInvitation onClose={() => setMaking(false)} />}
    </>
  );
}

function OneInvitation({ one }: { one: Invitation }) {
  const { zone } = useMe().person;
  const now = useNow();
  const [sure, setSure] = useState(false);
  const end = useUninvite();
  const inviter = useQuery(peopleQuery).data?.find((p) => p.id === one.inviter)?.name;
  const spaces = useQuery(spacesQuery).data?.filter((s) => one.spaces.includes(s.id)) ?? [];
  const whom = one.name || one.email || t`Whoever has the link`;
  const until = one.guest_until && dayOf(one.guest_until, now, zone);
  const sub = [
    one.name ? one.email : '',
    inviter && t`made by ${inviter}`,
    spaces.map((s) => s.name).join(', '),
    until && t`guest until ${until}`,
  ];
  return (
    <>
      <Row
        face={<Face name={whom} />}
        title={<bdi>{whom}</bdi>}
        tag={<Tag hue={one.role === 'guest' ? 'yellow' : 'gray'}>{roleWord(one.role)}</Tag>}
        sub={sub.filter(Boolean).join(' · ')}
        end={
          <div className="admin-end">
            <span className="due-note">{t`works until ${whenOf(one.expires_at, now, zone)}`}</span>
            <Button variant="default" size="compact-xs" onClick={() => setSure(true)}>
              {t`Take back`}
              <span className="hidden-words"> {whom}</span>
            </Button>
          </div>
        }
      />
      {sure && (
        <Sure
          title={t`Take this invitation back?`}
          doIt={t`Take it back`}
          busy={end.isPending}
          onClose={() => setSure(false)}
          onDo={() =>
            end.mutate(one.id, {
              onSuccess: () => toast(t`The invitation is taken back. Its link no longer works.`),
            })
          }
        >
          {t`Its link stops working at once. You can make a new one at any time.`}
        </Sure>
      )}
    </>
  );
}
