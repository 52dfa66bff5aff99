import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import { checkins } from '~/api';
import type { CheckinBlocker } from '~/api/checkins';
import { PathLink, Row, Rows, Section, Sure, Tag, toast, When } from '~/kit';
import { useCheckinAct } from './api';

/** What people wait for, the longest first; whoever waits says when it is settled. */
export function Waiting({ list, title }: { list: CheckinBlocker[]; title: string }) {
  const [sure, setSure] = useState<CheckinBlocker | null>(null);
  const settle = useCheckinAct(checkins.settle);
  if (list.length === 0) return null;
  return (
    <Section title={title}>
      <Rows label={title}>
        {list.map((b) => (
          <li key={b.id}>
            <Row
              face={
                <span className="row-icon">
                  <IconHourglass size={17} aria-hidden />
                </span>
              }
              title={<Words blocker={b} />}
              tag={b.settled_at && <Tag hue="green">{t`Settled`}</Tag>}
              sub={<WaitsFor blocker={b} />}
              end={
                b.may.settle ? (
                  <Button
                    variant="default"
                    size="compact-sm"
                    onClick={() => (b.ask ? setSure(b) : settle.mutate(b.id, { onSuccess: settled }))}
                  >
                    {t`It is settled`}
                    <span className="hidden-words">{b.words}</span>
                  </Button>
                ) : (
                  <span className="due-note">
                    <When at={b.made_at} as="ago" />
                  </span>
                )
              }
            />
          </li>
        ))}
      </Rows>
      {sure && (
        <Sure
          title={t`Is this settled?`}
          doIt={t`It is settled`}
          busy={settle.isPending}
          onClose={() => setSure(null)}
          onDo={() =>
            settle.mutate(sure.id, {
              onSuccess: () => {
                setSure(null);
                settled();
              },
            })
          }
        >
          {sure.for ? t`${sure.for.name} need not answer any more.` : sure.words}
        </Sure>
      )}
    </Section>
  );
}

const settled = () => toast(t`Settled.`);

function Words({ blocker: b }: { blocker: CheckinBlocker }) {
  if (!b.post) return <bdi>{b.words}</bdi>;
  return (
    <PathLink path={`/threads/${b.thread}#${b.post}`}>
      <bdi>{b.words}</bdi>
    </PathLink>
  );
}

/** "Mei waits for Kofi" */
export function WaitsFor({ blocker: b }: { blocker: CheckinBlocker }) {
  return (
    <bdi>
      {b.for
        ? t`${b.person.name} waits for ${b.for.name}`
        : b.what && b.what !== b.words
          ? t`${b.person.name} waits for: ${b.what}`
          : t`${b.person.name} waits`}
    </bdi>
  );
}
