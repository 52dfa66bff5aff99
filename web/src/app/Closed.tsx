import './closed.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { inbox } from '~/api';
import { useNow } from '~/api/clock';
import { keys } from '~/api/queries';
import type { InboxRow, Me } from '~/api/types';
import { PathLink, Tag, useTitle } from '~/kit';
import { whenOf } from '~/kit/time';

/** A quiet page outside the reader's hours, as they wished; what is urgent and theirs is shown all the same. */
export function Closed({ me, onOpen }: { me: Me; onOpen: () => void }) {
  useTitle(t`Closed`);
  const now = useNow(60_000);
  const navigate = useNavigate();
  const urgent = useQuery({
    queryKey: [...keys.inbox, 'urgent'],
    queryFn: async () => (await inbox.list({ tab: 'owe', limit: 100 })).items.filter(isUrgent),
    refetchInterval: 60_000,
  });
  const next = me.day.next_start;
  return (
    <main className="closed" id="content">
      <h1>{t`You are not working now.`}</h1>
      <p>
        {next
          ? t`Your hours begin again ${whenOf(next, now, me.person.zone)}. Whatever comes until then waits.`
          : t`Whatever comes waits until you work again.`}
      </p>
      {!!urgent.data?.length && (
        <section aria-labelledby="closed-urgent" className="closed-urgent">
          <h2 id="closed-urgent">{t`Urgent, and waiting for you`}</h2>
          <ul>
            {urgent.data.map((row) => (
              <li key={row.key} onClickCapture={onOpen}>
                <Tag hue="red">{t`Urgent`}</Tag>{' '}
                <PathLink path={row.path}>
                  <bdi>{row.title}</bdi>
                </PathLink>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="closed-foot">
        <Button variant="default" onClick={onOpen}>
          {t`Open anyway for 30 minutes`}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          onClick={() => {
            onOpen();
            void navigate({ to: '/hours', search: { tab: 'boundaries' } });
          }}
        >
          {t`Change this`}
        </Button>
      </p>
    </main>
  );
}

const isUrgent = (row: InboxRow) => row.ask?.urgency === 'urgent';
