import './outbox.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMe } from '~/api/queries';
import type { Mail } from '~/api/types';
import { Empty, Faces, type Hue, Page, Row, Rows, Tag, useRowKeys, When } from '~/kit';
import { outboxQuery } from './api';
import { OneMail } from './OneMail';

const route = getRouteApi('/shell/outbox');

/** The mail that was written; in a demo it is kept here instead of being sent. */
export function OutboxPage() {
  const me = useMe();
  const { mail } = route.useSearch();
  const list = useInfiniteQuery(outboxQuery);
  const mails = list.data?.pages.flatMap((p) => p.items) ?? [];
  useRowKeys();
  if (mail) return <OneMail id={mail} />;
  return (
    <Page
      title={t`Outbox`}
      lead={
        me.demo
          ? t`In this demo mail stays here, so that you can read what people would get.`
          : t`What was sent, to whom and how it went. The text is for its reader alone.`
      }
    >
      <Faces
        of={list}
        isEmpty={() => mails.length === 0}
        empty={
          <Empty title={t`No mail has been written yet.`}>
            {me.demo
              ? t`Move the clock to somebody's next check time, and their digest appears here.`
              : undefined}
          </Empty>
        }
        rows={6}
      >
        {() => (
          <Rows label={t`Mail`}>
            {mails.map((one) => (
              <li key={one.id}>
                <Row
                  title={
                    one.subject ? (
                      <Link to="/outbox" search={{ mail: one.id }}>
                        <bdi>{one.subject}</bdi>
                      </Link>
                    ) : (
                      <span>{one.to}</span>
                    )
                  }
                  tag={<State mail={one} />}
                  sub={[one.subject ? t`to ${one.to}` : '', one.problem].filter(Boolean).join(' · ')}
                  end={
                    <span className="due-note">
                      <When at={one.at} />
                    </span>
                  }
                />
              </li>
            ))}
          </Rows>
        )}
      </Faces>
      {list.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          size="xs"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t`Earlier mail`}
        </Button>
      )}
    </Page>
  );
}

/** How far a mail has come. */
export function State({ mail }: { mail: Mail }) {
  const words: Record<Mail['state'], [string, Hue]> = {
    sending: [t`on its way`, 'blue'],
    waiting: [t`tried again soon`, 'yellow'],
    held: [t`kept here`, 'gray'],
    sent: [t`sent`, 'green'],
    failed: [t`not delivered`, 'red'],
  };
  const [word, hue] = words[mail.state] ?? [mail.state, 'gray'];
  return <Tag hue={hue}>{word}</Tag>;
}
