import './away.css';
import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { CatchUp, DigestItem } from '~/api/types';
import { Empty, Face, Failed, Loading, Page, PathLink, Row, Rows, Section, useRowKeys } from '~/kit';
import { dayOf, fullWhen, shortWhen } from '~/kit/time';
import { catchUpQuery } from './api';

const route = getRouteApi('/shell/while-away');

/** What happened while the reader was away: what still matters first, the rest folded away. */
export function CatchUpPage() {
  const { absence } = route.useSearch();
  const found = useQuery(catchUpQuery(absence));
  const zone = useMe().person.zone;
  const now = useNow();
  useRowKeys();
  const data = found.data;
  return (
    <Page title={t`While you were away`} lead={data ? leadWords(data, now, zone) : ' '}>
      {data ? (
        <Told data={data} />
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={6} />
      )}
    </Page>
  );
}

function leadWords({ away }: CatchUp, now: number, zone: string): string {
  if (!away) return ' ';
  // The last moment of it, and not the midnight after.
  const last = new Date(Date.parse(away.to) - 1000).toISOString();
  return t`From ${dayOf(away.from, now, zone)} to ${dayOf(last, now, zone)}.`;
}

function Told({ data }: { data: CatchUp }) {
  if (!data.away)
    return (
      <Empty title={t`You have not been away yet.`}>
        <p>{t`When you come back from an absence, what still matters is gathered here, and arrives in one digest.`}</p>
        <p>
          <Link to="/hours" search={{ tab: 'away' }}>{t`Say when you are away`}</Link>
        </p>
      </Empty>
    );
  const rows = data.matters.length + data.decided.length + data.answered.length + data.rest.length;
  if (rows === 0)
    return <Empty title={t`Nothing happened that concerns you.`}>{t`Nobody is waiting for you.`}</Empty>;
  const more = data.waiting - data.matters.length;
  return (
    <>
      <Part title={t`What still matters`} items={data.matters} none={t`Nobody is waiting for you.`} />
      {more > 0 && (
        <p className="due-note">
          <Link to="/inbox">
            <Plural value={more} one="# more thing waits for you" other="# more things wait for you" />
          </Link>
        </p>
      )}
      <Part title={t`Decided meanwhile`} items={data.decided} />
      <Part title={t`Answered by others`} items={data.answered} />
      {data.rest.length > 0 && (
        <details className="away-rest">
          <summary>
            <Plural
              value={data.rest.length}
              one="# other thing, folded away"
              other="# other things, folded away"
            />
          </summary>
          <Lines label={t`Everything else`} items={data.rest} />
        </details>
      )}
    </>
  );
}

function Part({ title, items, none }: { title: string; items: DigestItem[]; none?: string }) {
  if (items.length === 0 && !none) return null;
  return (
    <Section title={title}>
      {items.length ? <Lines label={title} items={items} /> : <p className="due-note">{none}</p>}
    </Section>
  );
}

function Lines({ label, items }: { label: string; items: DigestItem[] }) {
  const zone = useMe().person.zone;
  const now = useNow();
  return (
    <Rows label={label}>
      {items.map((item, i) => (
        <li key={`${item.path}${i}`}>
          <Row
            face={<Face name={item.who.name} />}
            title={
              <PathLink path={item.path}>
                <bdi>{item.title}</bdi>
              </PathLink>
            }
            sub={item.excerpt && <span dir="auto">{item.excerpt}</span>}
            end={
              item.due && (
                <time className="due-note" dateTime={item.due} title={fullWhen(item.due, zone)}>
                  {t`due ${shortWhen(item.due, now, zone)}`}
                </time>
              )
            }
          />
        </li>
      ))}
    </Rows>
  );
}
