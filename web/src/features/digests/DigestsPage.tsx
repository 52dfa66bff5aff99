import './digests.css';
import { t } from '@lingui/core/macro';
import { IconNews } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Digest } from '~/api/types';
import { Empty, Page, PagedRows, Row, Tag, When } from '~/kit';
import { fullWhen } from '~/kit/time';
import { digestsQuery } from './api';
import { countWords, mailWords, whyWords } from './words';

/** What was delivered to the reader, bundle by bundle, newest first. */
export function DigestsPage() {
  const found = useInfiniteQuery(digestsQuery);
  return (
    <Page title={t`Digests`} lead={t`What reached you, in bundles, at times you chose.`}>
      <PagedRows of={found} label={t`Digests`} older={t`Show older digests`} empty={<Nothing />}>
        {(digest) => <OneRow digest={digest} />}
      </PagedRows>
    </Page>
  );
}

function OneRow({ digest }: { digest: Digest }) {
  const zone = useMe().person.zone;
  const now = useNow();
  return (
    <Row
      face={
        <span className="row-icon">
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
    <p className="older">
      <Link to="/hours">{t`See or change your check times`}</Link>
    </p>
  </Empty>
);
