import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { useNow } from '~/api/clock';
import { peopleQuery, useMe } from '~/api/queries';
import type { PersonCard } from '~/api/types';
import { matches } from '~/core/people';
import { Empty, Face, Faces, LongRows, Name, Row, Tag } from '~/kit';
import { cityOf, clockOf, dayOf } from '~/kit/time';
import { apartWords, awayWords, reachWords, roleWord } from './words';

const route = getRouteApi('/shell/people');

/** Everybody of the workspace, each with their clock and when they can be reached. */
export function PeopleList() {
  const list = useQuery(peopleQuery);
  const q = route.useSearch().q ?? '';
  const navigate = route.useNavigate();
  // Typing never waits for a long list.
  const wanted = useDeferredValue(q);
  const shown = (list.data ?? []).filter((p) =>
    matches(`${p.name} ${p.handle} ${p.title} ${p.zone} ${p.teams.map((x) => x.name).join(' ')}`, wanted),
  );
  return (
    <>
      <TextInput
        mb="md"
        type="search"
        aria-label={t`Find somebody by name, team, title or city`}
        placeholder={t`Name, team, title or city`}
        leftSection={<IconSearch size={15} />}
        value={q}
        onChange={(event) =>
          void navigate({ search: (old) => ({ ...old, q: event.target.value || undefined }), replace: true })
        }
      />
      <Faces
        of={list}
        isEmpty={() => shown.length === 0}
        empty={
          q ? (
            <Empty title={t`Nobody fits “${q}”.`}>{t`Try part of a name, a team or a city.`}</Empty>
          ) : (
            <Empty title={t`Nobody has joined yet.`}>{t`Invite people from the administration.`}</Empty>
          )
        }
        rows={8}
      >
        {() => (
          <LongRows items={shown} label={t`People`} keyOf={(p) => p.id}>
            {(p) => <OnePerson person={p} />}
          </LongRows>
        )}
      </Faces>
    </>
  );
}

function OnePerson({ person }: { person: PersonCard }) {
  const me = useMe().person;
  const now = useNow();
  const mine = person.id === me.id;
  return (
    <Row
      face={<Face name={person.name} />}
      title={
        <Link to="/people/$person" params={{ person: person.id }}>
          <Name person={person} />
        </Link>
      }
      tag={
        <>
          {mine && <Tag hue="gray">{t`you`}</Tag>}
          {person.role === 'guest' && <Tag hue="yellow">{roleWord('guest')}</Tag>}
          {person.bot && <Tag>{t`app`}</Tag>}
          {person.state === 'placeholder' && <Tag>{t`not signed up`}</Tag>}
          {person.absence && <Tag hue="orange">{awayWords(person.absence, now, me.zone)}</Tag>}
        </>
      }
      sub={
        <bdi>
          {[person.title, ...person.teams.map((x) => x.name), standIn(person, now, me.zone)]
            .filter(Boolean)
            .join(' · ')}
        </bdi>
      }
      end={
        person.state === 'active' && !person.bot ? (
          <span className="due">
            <span className="due-main">
              {clockOf(now, person.zone)} {cityOf(person.zone)}
            </span>{' '}
            <span className="due-note">{reachWords(person, now, me.zone)}</span>
          </span>
        ) : (
          <span className="due-note">{apartWords(now, person.zone, me.zone)}</span>
        )
      }
    />
  );
}

function standIn(person: PersonCard, now: number, zone: string): string {
  const away = person.absence;
  if (!away?.stand_in) return '';
  const until = dayOf(away.to, now, zone);
  return t`${away.stand_in.name} stands in until ${until}`;
}
