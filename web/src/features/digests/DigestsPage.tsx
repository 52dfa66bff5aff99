import './digests.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconNews } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Digest } from '~/api/types';
import { Empty, Faces, KeyLine, Page, Row, Rows, Tag, useRowKeys, When } from '~/kit';
import { fullWhen } from '~/kit/time';
import { digestsQuery } from './api';
import { countWords, mailWords, whyWords } from './words';

/** What was delivered to the reader, bundle by bundle, newest first. */
export function DigestsPage() {
  const found = useInfiniteQuery(digestsQuery);
  useRowKeys();
  return (
    <Page title={t`Digests`} lead={t`What reached you, in bundles, at times you chose.`}>
      <Faces of={found} isEmpty={(d) => d.pages.every((p) => p.items.length === 0)} empty={<Nothing />}>
        {(data) => (
          <>
            <Rows label={t`Digests`}>
              {data.pages
                .flatMap((p) => p.items)
                .map((digest) => (
                  <li key={digest.id}>
                    <OneRow digest={digest} />
                  </li>
                ))}
            </Rows>
            {found.hasNextPage && (
              <p className="digest-more">
                <Button
                  variant="default"
                  size="xs"
                  loading={found.isFetchingNextPage}
                  onClick={() => void found.fetchNextPage()}
                >
                  {t`Show older digests`}
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

function OneRow({ digest }: { digest: Digest }) {
  const zone = useMe().person.zone;
  const now = useNow();
  return (
    <Row
      face={
        <span className="digest-icon">
          <IconNews size={18} stroke={1.7} aria-hidden />
        </span>
      }
      title={
        <Link to="/digests/$digest" params={{ digest: digest.id }}>
          {fullWhen(digest.at, zone)}
        </Link>
      }
      tag={digest.urgency === 'urgent' ? <Tag hue="red">{t`Urgent`}</Tag> : undefined}
      sub={`${countWords(digest.items)} · ${whyWords(digest.urgency)} · ${mailWords(digest, now, zone)}`}
      end={
        <span className="due-note">
          <When at={digest.at} as="ago" />
        </span>
      }
    />
  );
}

const Nothing = () => (
  <Empty title={t`No digest has reached you yet.`}>
    <p>{t`What others ask of you or tell you is gathered, and delivered together at your check times.`}</p>
    <p className="digest-more">
      <Link to="/hours">{t`See or change your check times`}</Link>
    </p>
  </Empty>
);
