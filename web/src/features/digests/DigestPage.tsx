import './digests.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem, away } from '~/api';
import { useNow } from '~/api/clock';
import { keys, useMe } from '~/api/queries';
import type { CatchUpSection, DigestFull, DigestItem } from '~/api/types';
import {
  Empty,
  Face,
  Failed,
  Loading,
  Page,
  PathLink,
  Row,
  Rows,
  Section,
  Tag,
  toast,
  useRowKeys,
} from '~/kit';
import { fullWhen, shortWhen } from '~/kit/time';
import { digestQuery } from './api';
import { countWords, lineTag, mailWords, sectionWords, whyWords } from './words';

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
      title={digest ? (digest.away ? t`While you were away` : fullWhen(digest.at, zone)) : t`Digest`}
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
  if (digest.away) return <Sections items={digest.items} />;
  return (
    <div className="digest">
      <Some label={t`Lines of this digest`} items={digest.items} />
    </div>
  );
}

/** A catch-up: what still matters, what was decided and answered meanwhile, the rest behind a line. */
function Sections({ items }: { items: DigestItem[] }) {
  const parts: CatchUpSection[] = ['matters', 'decided', 'answered', 'rest'];
  return parts
    .map((part) => ({ part, some: items.filter((i) => i.section === part) }))
    .filter(({ some }) => some.length > 0)
    .map(({ part, some }) => (
      <Section key={part} title={sectionWords(part)}>
        <Some label={sectionWords(part)} items={some} />
      </Section>
    ));
}

const Some = ({ label, items }: { label: string; items: DigestItem[] }) => (
  <Rows label={label}>
    {items.map((item, i) => (
      <li key={`${item.path}${i}`}>
        <Line item={item} />
      </li>
    ))}
  </Rows>
);

/** One press asks whoever stands in for somebody who is away. */
function Replace({ instead }: { instead: NonNullable<DigestItem['instead']> }) {
  const cache = useQueryClient();
  const ask = useMutation({
    mutationFn: () => away.reassign(instead.ask, instead.person.id, instead.to.id),
    onSuccess: () => {
      toast(t`${instead.to.name} is asked instead, in their own hours.`);
      for (const queryKey of [keys.digests, keys.inbox, keys.away, keys.asks])
        void cache.invalidateQueries({ queryKey });
    },
  });
  return (
    <Button variant="default" size="compact-xs" loading={ask.isPending} onClick={() => ask.mutate()}>
      {t`Ask ${instead.to.name} instead`}
    </Button>
  );
}

function Line({ item }: { item: DigestItem }) {
  const zone = useMe().person.zone;
  const now = useNow();
  const { word, hue } = lineTag(item.kind);
  return (
    <Row
      face={item.who.name && <Face name={item.who.name} />}
      title={
        <PathLink path={item.path}>
          <bdi>{item.title}</bdi>
        </PathLink>
      }
      tag={<Tag hue={hue}>{word}</Tag>}
      sub={item.excerpt && <span dir="auto">{item.excerpt}</span>}
      end={
        item.instead ? (
          <Replace instead={item.instead} />
        ) : (
          item.due && (
            <time className="due-note" dateTime={item.due} title={fullWhen(item.due, zone)}>
              {t`due ${shortWhen(item.due, now, zone)}`}
            </time>
          )
        )
      }
    />
  );
}
