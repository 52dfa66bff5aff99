import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Digest } from '~/api/types';
import { Empty, Faces, Page, Row, Rows, Section, Tag, useRowKeys } from '~/kit';
import { clockOf, dateOf, dayOf } from '~/kit/time';
import { digestsQuery } from './api';
import { urgencyWords } from './words';

/** What came to the reader, bundle by bundle. */
export function DigestsPage() {
  const list = useInfiniteQuery(digestsQuery);
  const digests = list.data?.pages.flatMap((p) => p.items) ?? [];
  useRowKeys();
  return (
    <Page title={t`Digests`} lead={t`What could wait, bundled, at your check times.`}>
      <Faces
        of={list}
        isEmpty={() => digests.length === 0}
        empty={
          <Empty title={t`No digest has come yet.`}>
            <p>{t`What others ask of you, and what concerns you, is bundled and comes at your check times.`}</p>
            <p>
              <Link to="/hours" search={{ tab: 'focus' }}>{t`See your check times`}</Link>
            </p>
          </Empty>
        }
        rows={6}
      >
        {() => <Days digests={digests} />}
      </Faces>
      {list.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t`Earlier digests`}
        </Button>
      )}
    </Page>
  );
}

function Days({ digests }: { digests: Digest[] }) {
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  const days = new Map<string, Digest[]>();
  for (const d of digests) {
    const day = dateOf(d.at, zone);
    days.set(day, [...(days.get(day) ?? []), d]);
  }
  return [...days.entries()].map(([day, some]) => (
    <Section key={day} title={dayOf(some[0]?.at ?? day, now, zone)}>
      <Rows label={day}>
        {some.map((d) => (
          <li key={d.id}>
            <Row
              title={
                <Link to="/digests/$digest" params={{ digest: d.id }}>
                  <Plural value={d.items} one="# thing" other="# things" />
                  <span className="hidden-words">, {clockOf(d.at, zone)}</span>
                </Link>
              }
              tag={d.urgency === 'urgent' && <Tag hue="red">{t`urgent`}</Tag>}
              sub={urgencyWords(d.urgency)}
              end={
                <span className="due">
                  <time className="due-main" dateTime={d.at}>
                    {clockOf(d.at, zone)}
                  </time>{' '}
                  <span className="due-note">{d.mailed_at ? t`also by mail` : t`in the inbox`}</span>
                </span>
              }
            />
          </li>
        ))}
      </Rows>
    </Section>
  ));
}
