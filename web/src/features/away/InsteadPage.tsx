import './away.css';
import { t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '~/api';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Ask, AskAway } from '~/api/types';
import { Empty, Failed, Loading, Page, Person, toast } from '~/kit';
import { dayOf, whenOf } from '~/kit/time';
import { absentQuery, useReassign } from './api';

const route = getRouteApi('/shell/instead/$ask/$person');

/** Somebody the reader asked is away: ask whoever stands in, or wait. A mail leads here; nothing happens by opening it. */
export function InsteadPage() {
  const { ask, person } = route.useParams();
  const found = useQuery(absentQuery(ask));
  const absent = found.data?.absent.find((a) => a.person.id === person);
  return (
    <Page title={t`Who answers instead`} lead={found.data?.ask.text || found.data?.ask.thread_title || ' '}>
      {found.data ? (
        absent ? (
          <Choice ask={found.data.ask} absent={absent} />
        ) : (
          <Over ask={found.data.ask} />
        )
      ) : found.error instanceof ApiProblem && [403, 404].includes(found.error.status) ? (
        <Empty title={t`This is for whoever asked.`}>{t`You did not ask this, or it is gone.`}</Empty>
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={3} />
      )}
    </Page>
  );
}

const toThread = (ask: Ask) => (
  <Link to="/threads/$thread" params={{ thread: ask.thread }} hash={ask.post}>{t`Open the thread`}</Link>
);

function Over({ ask }: { ask: Ask }) {
  return (
    <Empty title={t`There is nothing to decide here any more.`}>
      <p>{t`They are back, have answered, or somebody else is asked already.`}</p>
      <p>{toThread(ask)}</p>
    </Empty>
  );
}

function Choice({ ask, absent }: { ask: Ask; absent: AskAway }) {
  const zone = useMe().person.zone;
  const now = useNow();
  const reassign = useReassign(ask.id);
  const { person, away } = absent;
  const due = ask.owed.find((o) => o.person.id === person.id)?.due;
  const standIn = away.stand_in;
  return (
    <div className="away-choice">
      <p>
        <Person person={person} /> {t`is away until ${dayOf(away.to, now, zone)}.`}{' '}
        {away.reason && <bdi>{`“${away.reason}”`}</bdi>}
      </p>
      {due && <p className="due-note">{t`Due for them: ${whenOf(due, now, zone)}.`}</p>}
      {standIn && (
        <p>
          <Person person={standIn} /> {t`stands in.`}{' '}
          {!away.may && t`They cannot be asked this: they are asked already, or may not read the thread.`}
        </p>
      )}
      <Group gap="xs">
        {standIn && away.may && (
          <Button
            loading={reassign.isPending}
            onClick={() =>
              reassign.mutate(
                { from: person.id, to: standIn.id },
                { onSuccess: () => toast(t`${standIn.name} is asked instead, in their own hours.`) },
              )
            }
          >
            {t`Ask ${standIn.name} instead`}
          </Button>
        )}
        {toThread(ask)}
      </Group>
    </div>
  );
}
