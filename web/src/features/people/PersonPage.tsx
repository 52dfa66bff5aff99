import './people.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '~/api';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { PersonCard } from '~/api/types';
import { Empty, Face, Failed, Loading, Page, Person, Section, Tag } from '~/kit';
import { cityOf, clockOf, shortWhen, worded } from '~/kit/time';
import { overlapQuery, personQuery } from './api';
import { CommonWords } from './CommonWords';
import { stretchOf, todayOf } from './map';
import { OverlapMap } from './OverlapMap';
import { apartWords, awayWords, hoursWords, reachWords, roleWord } from './words';

const route = getRouteApi('/shell/people/$person');

/** One person: when they work, when they can be reached, who stands in for them. */
export function PersonPage() {
  const { person: id } = route.useParams();
  const found = useQuery(personQuery(id));
  if (found.data) return <OnePerson person={found.data} />;
  const missing = found.error instanceof ApiProblem && found.error.status === 404;
  return (
    <Page title={t`Person`}>
      {missing ? (
        <Empty
          title={t`There is no such person for you.`}
        >{t`They may have left, or share no space with you.`}</Empty>
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={5} />
      )}
    </Page>
  );
}

function OnePerson({ person }: { person: PersonCard }) {
  const me = useMe().person;
  const mine = me.id === person.id;
  return (
    <Page
      title={person.name}
      lead={[person.title, roleWord(person.role), `@${person.handle}`].filter(Boolean).join(' · ')}
      actions={
        mine ? (
          <Button size="xs" variant="default" renderRoot={(props) => <Link to="/hours" {...props} />}>
            {t`Change my hours`}
          </Button>
        ) : person.state === 'active' ? (
          <Button size="xs" renderRoot={(props) => <Link to="/new" search={{ to: person.id }} {...props} />}>
            {t`Ask something`}
          </Button>
        ) : undefined
      }
    >
      {person.removed ? (
        <Empty
          title={t`${person.name} has left the workspace.`}
        >{t`What they wrote stays where it is.`}</Empty>
      ) : (
        <>
          <Facts person={person} />
          {person.state === 'active' && <Week person={person} mine={mine} />}
        </>
      )}
    </Page>
  );
}

const weekdayOf = (at: number, zone: string) => worded(at, zone, { weekday: 'long' });

function Facts({ person }: { person: PersonCard }) {
  const me = useMe().person;
  const now = useNow();
  const away = person.absence;
  return (
    <div className="card">
      <Face name={person.name} size={56} />
      <dl className="facts">
        <div>
          <dt>{t`Their clock`}</dt>
          <dd>
            <strong>{clockOf(now, person.zone)}</strong> {weekdayOf(now, person.zone)}, {cityOf(person.zone)}{' '}
            ({apartWords(now, person.zone, me.zone)})
          </dd>
        </div>
        <div>
          <dt>{t`Today`}</dt>
          <dd>
            {person.day.length === 0
              ? t`not a working day`
              : t`${hoursWords(person.day, person.zone)} on their clock, ${hoursWords(person.day, me.zone)} on yours`}
          </dd>
        </div>
        <div>
          <dt>{t`Something that cannot wait`}</dt>
          <dd>{reachWords(person, now, me.zone)}</dd>
        </div>
        <div>
          <dt>{t`Everything else`}</dt>
          <dd>
            {person.reach.routine
              ? t`reaches them ${shortWhen(person.reach.routine, now, me.zone)}, at their check time`
              : t`cannot reach them: no check time ahead`}
          </dd>
        </div>
        {away && (
          <div>
            <dt>
              <Tag hue="orange">{awayWords(away, now, me.zone)}</Tag>
            </dt>
            <dd>
              {away.reason && <bdi>{away.reason}</bdi>} {away.reason && away.stand_in && '· '}
              {away.stand_in ? (
                <>
                  {t`stand-in:`} <Person person={away.stand_in} />
                </>
              ) : (
                t`nobody stands in`
              )}
            </dd>
          </div>
        )}
        {person.teams.length > 0 && (
          <div>
            <dt>{t`Teams`}</dt>
            <dd className="links">
              {person.teams.map((team) => (
                <Link key={team.id} to="/people" search={{ team: team.id }}>
                  <bdi>{team.name}</bdi>
                </Link>
              ))}
            </dd>
          </div>
        )}
        {person.email && (
          <div>
            <dt>{t`E-mail`}</dt>
            <dd>
              <a href={`mailto:${person.email}`}>{person.email}</a>
            </dd>
          </div>
        )}
        {person.guest_until && (
          <div>
            <dt>{t`Guest until`}</dt>
            <dd>{shortWhen(person.guest_until, now, me.zone)}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

/** Their week beside the reader's own. */
function Week({ person, mine }: { person: PersonCard; mine: boolean }) {
  const me = useMe().person;
  const now = useNow(60_000);
  const ids = mine ? [me.id] : [me.id, person.id];
  const date = todayOf(now, me.zone);
  const week = useQuery(overlapQuery(ids, new Date(stretchOf(date, 7, me.zone).from).toISOString(), 7));
  const day = useQuery(overlapQuery(ids, new Date(stretchOf(date, 1, me.zone).from).toISOString(), 1));
  return (
    <>
      <Section title={mine ? t`My day` : t`Today, beside you`}>
        {day.data && (
          <>
            <CommonWords ids={ids} shown={day.data} />
            <OverlapMap map={day.data} date={date} days={1} />
          </>
        )}
        {!day.data &&
          (day.error ? <Failed error={day.error} retry={() => void day.refetch()} /> : <Loading rows={2} />)}
      </Section>
      <Section title={t`The next seven days`}>
        {week.data && <OverlapMap map={week.data} date={date} days={7} />}
        {!week.data &&
          (week.error ? (
            <Failed error={week.error} retry={() => void week.refetch()} />
          ) : (
            <Loading rows={2} />
          ))}
      </Section>
    </>
  );
}
