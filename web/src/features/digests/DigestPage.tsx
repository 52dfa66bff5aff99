import './digests.css';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '~/api';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { DigestFull, DigestItem } from '~/api/types';
import { Empty, Face, Failed, Loading, Page, PathLink, Row, Rows, Tag, useRowKeys } from '~/kit';
import { fullWhen, shortWhen } from '~/kit/time';
import { digestQuery } from './api';
import { countWords, lineTag, mailWords, whyWords } from './words';

const route = getRouteApi('/shell/digests/$digest');

/** One bundle of deliveries: its lines, each a link to what it is about. */
export function DigestPage() {
  const { digest: id } = route.useParams();
  const found = useQuery(digestQuery(id));
  const zone = useMe().person.zone;
  const now = useNow();
  useRowKeys();
  const digest = found.data;
  return (
    <Page
      title={digest ? fullWhen(digest.at, zone) : t`Digest`}
      lead={
        digest &&
        `${countWords(digest.items.length)} · ${whyWords(digest.urgency)} · ${mailWords(digest, now, zone)}`
      }
    >
      <p className="back">
        <Link to="/digests">{t`All digests`}</Link>
      </p>
      {digest ? (
        <Lines digest={digest} />
      ) : found.error instanceof ApiProblem && found.error.status === 404 ? (
        <Empty title={t`There is no such digest for you.`}>
          {t`A digest is read only by the person it was made for.`}
        </Empty>
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={4} />
      )}
    </Page>
  );
}

function Lines({ digest }: { digest: DigestFull }) {
  if (digest.items.length === 0)
    return (
      <Empty title={t`Nothing of this digest is left.`}>
        {t`What it told you was deleted since, or moved to where you do not read.`}
      </Empty>
    );
  return (
    <div className="digest">
      <Rows label={t`Lines of this digest`}>
        {digest.items.map((item, i) => (
          <li key={`${item.path}${i}`}>
            <Line item={item} />
          </li>
        ))}
      </Rows>
    </div>
  );
}

function Line({ item }: { item: DigestItem }) {
  const zone = useMe().person.zone;
  const now = useNow();
  const { word, hue } = lineTag(item.kind);
  return (
    <Row
      face={<Face name={item.who.name} />}
      title={
        <PathLink path={item.path}>
          <bdi>{item.title}</bdi>
        </PathLink>
      }
      tag={<Tag hue={hue}>{word}</Tag>}
      sub={item.excerpt && <span dir="auto">{item.excerpt}</span>}
      end={
        item.due && (
          <time className="due-note" dateTime={item.due} title={fullWhen(item.due, zone)}>
            {t`due ${shortWhen(item.due, now, zone)}`}
          </time>
        )
      }
    />
  );
}
