import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { PersonRef, Recipients, Space } from '~/api/types';
import { PeoplePicker } from '~/core/people';
import { Empty, Face, Faces, Row, Rows, Tag, toast } from '~/kit';
import { cityOf, clockOf } from '~/kit/time';
import { membersQuery, useMembership } from './api';

const nobody: Recipients = { people: [], teams: [] };

/** Who belongs to a space; whoever may can add people and end memberships. */
export function Members({ space }: { space: Space }) {
  const found = useInfiniteQuery(membersQuery(space.id));
  const members = found.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <>
      {space.may.invite && !space.archived && <AddMembers space={space} members={members} />}
      <Faces
        of={found}
        isEmpty={() => members.length === 0}
        empty={<Empty title={t`Nobody belongs to this space.`}>{t`Add somebody to begin.`}</Empty>}
      >
        {() => (
          <>
            <Rows label={t`Members`}>
              {members.map((m) => (
                <li key={m.id}>
                  <Member space={space} person={m} />
                </li>
              ))}
            </Rows>
            {found.hasNextPage && (
              <p className="older">
                <Button
                  variant="default"
                  size="xs"
                  loading={found.isFetchingNextPage}
                  onClick={() => void found.fetchNextPage()}
                >
                  {t`Show more members`}
                </Button>
              </p>
            )}
          </>
        )}
      </Faces>
    </>
  );
}

function AddMembers({ space, members }: { space: Space; members: PersonRef[] }) {
  const [picked, setPicked] = useState(nobody);
  const add = useMembership(space.id);
  const send = () =>
    add.mutate(
      { people: picked.people, on: true },
      {
        onSuccess: () => {
          toast(t`Added.`);
          setPicked(nobody);
        },
      },
    );
  return (
    <form
      className="add-members"
      onSubmit={(e) => {
        e.preventDefault();
        if (picked.people.length) send();
      }}
    >
      <PeoplePicker
        label={t`Add people`}
        teams={false}
        exclude={members.map((m) => m.id)}
        value={picked}
        onChange={setPicked}
        placeholder={picked.people.length ? undefined : t`Names`}
      />
      <Button type="submit" loading={add.isPending} disabled={picked.people.length === 0}>
        {t`Add`}
      </Button>
    </form>
  );
}

function Member({ space, person }: { space: Space; person: PersonRef }) {
  const me = useMe().person;
  const now = useNow();
  const change = useMembership(space.id);
  const mine = person.id === me.id;
  const remove = () =>
    change.mutate(
      { people: [person.id], on: false },
      {
        onSuccess: () => {
          // Whoever leaves a private space cannot let themselves in again.
          const undo =
            mine && space.private ? undefined : () => change.mutate({ people: [person.id], on: true });
          toast(mine ? t`You left ${space.name}.` : t`${person.name} is no longer a member.`, undo);
        },
      },
    );
  return (
    <Row
      face={<Face name={person.name} />}
      title={
        <Link to="/people/$person" params={{ person: person.id }}>
          <bdi>{person.name}</bdi>
        </Link>
      }
      tag={mine ? <Tag hue="blue">{t`You`}</Tag> : null}
      sub={t`${cityOf(person.zone)}, ${clockOf(now, person.zone)} there`}
      end={
        (space.may.change || mine) &&
        !space.archived && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            loading={change.isPending}
            aria-label={mine ? t`Leave this space` : t`Remove ${person.name}`}
            onClick={remove}
          >
            {mine ? t`Leave` : t`Remove`}
          </Button>
        )
      }
    />
  );
}
