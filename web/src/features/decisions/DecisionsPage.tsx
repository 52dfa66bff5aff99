import './decisions.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { type InfiniteData, type UseQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { DecisionLine } from '~/api/decisions';
import { useMe } from '~/api/queries';
import type { Page as Paged } from '~/api/types';
import { Empty, Failed, Older, Page, PagedRows, Rows, Section } from '~/kit';
import { registerQuery, waitingQuery } from './api';
import { DecisionRow } from './DecisionRow';
import { Filters } from './Filters';
import { filterOf, isPlain } from './filter';
import { TakeAway } from './TakeAway';

const route = getRouteApi('/shell/decisions');

/** The register: what was decided, what is open, and first what waits for the reader. */
export function DecisionsPage() {
  const asked = route.useSearch();
  const zone = useMe().person.zone;
  const filter = filterOf(asked, zone);
  const plain = isPlain(asked);
  const waiting = useQuery({ ...waitingQuery, enabled: plain });
  const above = plain ? waiting.data : undefined;
  const found = useInfiniteQuery({ ...registerQuery(filter), select: above ? but(above) : undefined });
  const unsure = plain && waiting.isPending;
  const begin = (
    <Button component={Link} to="/decisions/new" size="xs">
      {t`New decision`}
    </Button>
  );
  return (
    <Page
      title={t`Decisions`}
      lead={t`What was decided, by whom and why, and what is being decided.`}
      actions={begin}
    >
      {plain && <Waiting of={waiting} />}
      <Section title={t`Register`} actions={<TakeAway filter={filter} />}>
        <Filters asked={asked} />
        <div aria-busy={found.isFetching}>
          <PagedRows
            of={unsure ? { ...found, data: undefined } : found}
            label={t`Decisions`}
            older={t`Show older decisions`}
            empty={
              above?.length ? (
                <Waited of={found} />
              ) : plain ? (
                <Empty title={t`Nothing has been decided here yet.`}>
                  <p>{t`Ask a question, name the options, and say how many of their own working hours everybody gets. Nobody has to be online at the same time, and what came of it is found here.`}</p>
                  {begin}
                </Empty>
              ) : (
                <Empty title={t`No decision is like that.`}>
                  <p>{t`Fewer words find more, and so do fewer filters.`}</p>
                  <Link to="/decisions">{t`Show all`}</Link>
                </Empty>
              )
            }
          >
            {(d) => <DecisionRow decision={d} />}
          </PagedRows>
        </div>
      </Section>
    </Page>
  );
}

/** What waits for the reader stands above, and not in the register as well. */
const but =
  (above: DecisionLine[]) =>
  <P,>(all: InfiniteData<Paged<DecisionLine>, P>): InfiniteData<Paged<DecisionLine>, P> => ({
    ...all,
    pages: all.pages.map((p) => ({ ...p, items: p.items.filter((d) => !above.some((w) => w.id === d.id)) })),
  });

/** Nothing is shown while nothing waits: the register is what people come for. */
function Waiting({ of }: { of: UseQueryResult<DecisionLine[]> }) {
  const list = of.data ?? [];
  if (list.length === 0 && !of.error) return null;
  return (
    <Section title={t`Waiting for you`}>
      {of.error && list.length === 0 ? (
        <Failed error={of.error} retry={() => void of.refetch()} />
      ) : (
        <Rows label={t`Waiting for you`}>
          {list.map((d) => (
            <li key={d.id}>
              <DecisionRow decision={d} />
            </li>
          ))}
        </Rows>
      )}
    </Section>
  );
}

/** All that is in the register so far waits for the reader, and stands above. */
function Waited({ of }: { of: Parameters<typeof Older>[0]['of'] }) {
  return (
    <>
      <p className="dec-note">{t`All that was asked here so far waits for you, and stands above.`}</p>
      <Older of={of} words={t`Show older decisions`} />
    </>
  );
}
