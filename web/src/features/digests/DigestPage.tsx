import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '~/api';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { AskKind, DigestFull } from '~/api/types';
import { kindHue, kindWord } from '~/core/asks';
import { Due, Empty, Face, Failed, Loading, Name, Page, PathLink, Row, Rows, Tag, useRowKeys } from '~/kit';
import { whenOf } from '~/kit/time';
import { digestQuery } from './api';
import { urgencyWords } from './words';

const route = getRouteApi('/shell/digests/$digest');

/** One digest as it came. */
export function DigestPage() {
  const { digest: id } = route.useParams();
  const found = useQuery(digestQuery(id));
  useRowKeys();
  if (found.data) return <OneDigest digest={found.data} />;
  const missing = found.error instanceof ApiProblem && found.error.status === 404;
  return (
    <Page title={t`Digest`}>
      {missing ? (
        <Empty title={t`There is no such digest of yours.`}>
          <Link to="/digests">{t`All digests`}</Link>
        </Empty>
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function OneDigest({ digest }: { digest: DigestFull }) {
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  const mailed = digest.mailed_at ? t`also by mail` : '';
  return (
    <Page
      title={t`Digest of ${whenOf(digest.at, now, zone)}`}
      lead={[urgencyWords(digest.urgency), mailed].filter(Boolean).join(' · ')}
      actions={
        <Button size="xs" variant="default" renderRoot={(props) => <Link to="/digests" {...props} />}>
          {t`All digests`}
        </Button>
      }
    >
      {digest.items.length === 0 ? (
        <Empty title={t`Nothing of it is left for you to see.`}>
          {t`What it told of was removed since, or moved where you may not read.`}
        </Empty>
      ) : (
        <Rows label={t`What it brought`}>
          {digest.items.map((item, i) => (
            <li key={i}>
              <Row
                face={<Face name={item.who.name} />}
                title={
                  <PathLink path={item.path}>
                    <bdi>{item.title}</bdi>
                  </PathLink>
                }
                tag={<Kind kind={item.kind} />}
                sub={
                  <>
                    <Name person={item.who} /> {item.excerpt && '· '}
                    <bdi>{item.excerpt}</bdi>
                  </>
                }
                end={<Due at={item.due} />}
              />
            </li>
          ))}
        </Rows>
      )}
    </Page>
  );
}

const askKinds = ['reply', 'review', 'approve', 'decide', 'do', 'acknowledge', 'check_in'];

function Kind({ kind }: { kind: string }) {
  if (askKinds.includes(kind)) return <Tag hue={kindHue(kind as AskKind)}>{kindWord(kind as AskKind)}</Tag>;
  const words: Record<string, string> = {
    mention: t`mention`,
    answered: t`answered`,
    declined: t`declined`,
    acknowledged: t`acknowledged`,
    passed: t`passed on`,
    settled: t`settled`,
    released: t`released`,
    lapsed: t`nobody answered`,
    concluded: t`concluded`,
    reopened: t`reopened`,
    posted: t`new post`,
    post: t`new post`,
    info: t`for information`,
    reminder: t`reminder`,
    reminded: t`reminder`,
    due_moved: t`other time`,
    late: t`late`,
  };
  return <Tag>{words[kind] ?? kind.replaceAll('_', ' ')}</Tag>;
}
