import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMe } from '~/api/queries';
import type { Mail } from '~/api/types';
import { Empty, Faces, KeyLine, Page, Row, Rows, Tag, useRowKeys, When } from '~/kit';
import { outboxQuery } from './api';
import { stateOf } from './words';

/** All mail, newest first. Outside a demo only to whom it went and how far it came. */
export function OutboxList() {
  const { demo } = useMe();
  const found = useInfiniteQuery(outboxQuery);
  useRowKeys();
  return (
    <Page
      title={t`Outbox`}
      lead={
        demo
          ? t`Every mail of the demo. No mail server is set, so they lie here and reach nobody.`
          : t`To whom mail went and how far it came. What it says is for its reader alone.`
      }
    >
      <Faces
        of={found}
        isEmpty={(d) => d.pages.every((p) => p.items.length === 0)}
        empty={<Nothing demo={demo} />}
        rows={6}
      >
        {(data) => (
          <>
            <Rows label={t`Mail`}>
              {data.pages
                .flatMap((p) => p.items)
                .map((mail) => (
                  <li key={mail.id}>
                    <OneRow mail={mail} />
                  </li>
                ))}
            </Rows>
            {found.hasNextPage && (
              <p className="mail-more">
                <Button
                  variant="default"
                  size="xs"
                  loading={found.isFetchingNextPage}
                  onClick={() => void found.fetchNextPage()}
                >
                  {t`Show older mail`}
                </Button>
              </p>
            )}
            <KeyLine
              keys={[
                [['j', 'k'], t`move`],
                [['Enter'], t`open`],
                [['?'], t`all keys`],
              ]}
            />
          </>
        )}
      </Faces>
    </Page>
  );
}

function OneRow({ mail }: { mail: Mail }) {
  const state = stateOf(mail.state);
  const to = <bdi>{mail.to}</bdi>;
  return (
    <Row
      face={
        <span className="mail-icon">
          <IconMail size={18} stroke={1.7} aria-hidden />
        </span>
      }
      title={
        <Link to="/outbox" search={{ mail: mail.id }}>
          <bdi>{mail.subject || mail.to}</bdi>
        </Link>
      }
      tag={<Tag hue={state.hue}>{state.word}</Tag>}
      sub={mail.subject ? to : mail.problem || state.means}
      end={
        <span className="due-note">
          <When at={mail.at} />
        </span>
      }
    />
  );
}

const Nothing = ({ demo }: { demo: boolean }) => (
  <Empty title={t`No mail has been written yet.`}>
    {demo ? (
      <p>
        {t`No mail server is set, so mail lies here instead of leaving. The first digest that is due brings some: move the clock to somebody's check time.`}
      </p>
    ) : (
      <p>
        {t`Digests are mailed in each reader's own hours. Where no mail server is set, their mail lies here instead of leaving.`}
      </p>
    )}
  </Empty>
);
