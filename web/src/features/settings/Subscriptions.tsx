import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { Button, Group, Switch } from '@mantine/core';
import { IconCalendarDown, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Subscription } from '~/api/types';
import { Empty, Faces, Row, Rows, Section, Sure, Tag, toast, toastError, When, Wrong } from '~/kit';
import { subscriptionsQuery, useChangeSubscription, useRefresh, useUnsubscribe } from './calendars';
import { SubscribeForm } from './SubscribeForm';

/** The calendars that the reader reads in from elsewhere. */
export function Subscriptions() {
  const found = useQuery(subscriptionsQuery);
  const [adding, setAdding] = useState(false);
  const add = !adding && (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
      {t`Read in a calendar`}
    </Button>
  );
  return (
    <Section title={t`Calendars you read in`} actions={(found.data?.length ?? 0) > 0 && add}>
      <p className="set-note">
        {t`For you alone: nobody else sees what is in them. If you let one count as focus, others learn when you can be reached, and never why.`}{' '}
        {t`Public holidays are with your hours:`}{' '}
        <Link to="/hours" search={{ tab: 'holidays' }}>{t`Holidays`}</Link>.
      </p>
      {adding && <SubscribeForm onClose={() => setAdding(false)} />}
      <Faces
        of={found}
        isEmpty={(list) => list.length === 0}
        rows={2}
        empty={
          adding ? null : (
            <Empty title={t`You read in no calendar yet.`}>
              <p>{t`With your own calendar here, you are not interrupted while you are busy elsewhere.`}</p>
              {add}
            </Empty>
          )
        }
      >
        {(list) => (
          <Rows label={t`Calendars you read in`}>
            {list.map((one) => (
              <li key={one.id}>
                <One calendar={one} />
              </li>
            ))}
          </Rows>
        )}
      </Faces>
    </Section>
  );
}

function One({ calendar }: { calendar: Subscription }) {
  const [sure, setSure] = useState(false);
  const refresh = useRefresh();
  const change = useChangeSubscription();
  const remove = useUnsubscribe();
  return (
    <>
      <Row
        tone={calendar.problem ? 'late' : null}
        face={
          <span className="set-icon">
            <IconCalendarDown size={18} stroke={1.7} aria-hidden />
          </span>
        }
        title={<bdi>{calendar.name}</bdi>}
        tag={
          calendar.problem ? (
            <Tag hue="red">{t`not read`}</Tag>
          ) : (
            <Tag hue="gray">{calendar.kind === 'busy' ? t`busy times` : t`meetings`}</Tag>
          )
        }
        sub={
          <>
            <bdi>{calendar.host}</bdi>
            {' · '}
            <Plural value={calendar.events} one="# event" other="# events" />
            {calendar.refreshed_at && (
              <>
                {' · '}
                {t`read`} <When at={calendar.refreshed_at} as="ago" />
              </>
            )}
          </>
        }
        end={
          <Group gap={6}>
            <Button
              variant="default"
              size="compact-xs"
              loading={refresh.isPending}
              onClick={() =>
                refresh.mutate(calendar.id, {
                  onSuccess: (now) => {
                    if (!now.problem) toast(t`Read just now.`);
                  },
                  onError: toastError,
                })
              }
            >
              {calendar.problem ? t`Try again` : t`Read again`}
              <span className="hidden-words"> {calendar.name}</span>
            </Button>
            <Button variant="default" size="compact-xs" onClick={() => setSure(true)}>
              {t`Remove`}
              <span className="hidden-words"> {calendar.name}</span>
            </Button>
          </Group>
        }
        below={
          <div className="set-below">
            <Wrong says={calendar.problem}>
              {t`The next try comes by itself`} <When at={calendar.next_at} />.
            </Wrong>
            {calendar.note && <p className="set-note">{calendar.note}</p>}
            <Switch
              size="xs"
              label={t`Counts as focus: nothing interrupts while it says busy`}
              checked={calendar.counts_as_focus}
              disabled={change.isPending}
              onChange={(e) =>
                change.mutate(
                  { id: calendar.id, counts_as_focus: e.currentTarget.checked },
                  { onError: toastError },
                )
              }
            />
          </div>
        }
      />
      {sure && (
        <Sure
          title={t`Read in ${calendar.name} no more?`}
          doIt={t`Remove it`}
          busy={remove.isPending}
          onDo={() => remove.mutate(calendar.id, { onError: () => setSure(false) })}
          onClose={() => setSure(false)}
        >
          {t`All that was read from it is forgotten. The calendar itself stays as it is.`}
        </Sure>
      )}
    </>
  );
}
