import { t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { asks, away } from '~/api';
import { useNow } from '~/api/clock';
import { keys, useMe } from '~/api/queries';
import type { Absence, DueWhileAway, Id } from '~/api/types';
import { Failed, Row, Rows, Tag, toast } from '~/kit';
import { whenOf } from '~/kit/time';

const dueQuery = (absence: Id) =>
  queryOptions({
    queryKey: [...keys.away, 'due', absence],
    queryFn: async () => (await away.due(absence)).items,
  });

/** What the reader owes that would be due while they are away: pass it on, tell whoever asked, or leave it. */
export function DueMeanwhile({ absence }: { absence: Absence }) {
  const found = useQuery(dueQuery(absence.id));
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data?.length) return null;
  return (
    <div className="meanwhile">
      <h3>{t`Due while you are away`}</h3>
      <p className="hint">{t`Pass on what cannot wait, or tell whoever asked. What you leave waits for you.`}</p>
      <Rows label={t`Due while you are away`}>
        {found.data.map((one) => (
          <li key={one.ask.id}>
            <One one={one} absence={absence.id} />
          </li>
        ))}
      </Rows>
    </div>
  );
}

function One({ one, absence }: { one: DueWhileAway; absence: Id }) {
  const { ask, stand_in } = one;
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  const cache = useQueryClient();
  const done = (words: string) => () => {
    toast(words);
    for (const queryKey of [keys.away, keys.inbox, keys.posts(ask.thread)])
      void cache.invalidateQueries({ queryKey });
  };
  const pass = useMutation({ mutationFn: (to: Id) => asks.pass(ask.id, to) });
  const tell = useMutation({ mutationFn: () => away.tell(ask.id, absence) });
  return (
    <Row
      title={
        <Link to="/threads/$thread" params={{ thread: ask.thread }} hash={ask.post}>
          <bdi>{ask.text || ask.thread_title}</bdi>
        </Link>
      }
      tag={one.told && <Tag hue="green">{t`told`}</Tag>}
      sub={
        <>
          <bdi>{ask.asker.name}</bdi> · {dueWords(one, now, zone)}
        </>
      }
      end={
        <Group gap={6}>
          {stand_in && (
            <Button
              variant="default"
              size="compact-xs"
              loading={pass.isPending}
              onClick={() =>
                pass.mutate(stand_in.id, { onSuccess: done(t`Passed on. ${stand_in.name} is asked now.`) })
              }
            >
              {t`Pass on to ${stand_in.name}`}
            </Button>
          )}
          {!one.told && (
            <Button
              variant="default"
              size="compact-xs"
              loading={tell.isPending}
              onClick={() =>
                tell.mutate(undefined, {
                  onSuccess: done(t`${ask.asker.name} is told with their next digest.`),
                })
              }
            >
              {t`Tell ${ask.asker.name}`}
            </Button>
          )}
        </Group>
      }
    />
  );
}

/** When it would be due, and what the absence made of that. */
function dueWords(one: DueWhileAway, now: number, zone: string): string {
  const would = t`due ${whenOf(one.due, now, zone)} if you were here`;
  if (one.moved && one.now) return t`${would}; now ${whenOf(one.now, now, zone)}, which they are told`;
  return one.now ? t`due ${whenOf(one.now, now, zone)}` : would;
}
