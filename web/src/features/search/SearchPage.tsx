import './search.css';
import { t } from '@lingui/core/macro';
import { Button, CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Found } from '~/api/types';
import { Empty, Faces, KeyLine, Page, Rows, useRowKeys } from '~/kit';
import { searchQuery } from './api';
import { SearchHelp } from './SearchHelp';
import { SearchHit } from './SearchHit';
import { Understood } from './Understood';

const route = getRouteApi('/shell/search');
const pause = 250;

/** One box over threads, posts and people. */
export function SearchPage() {
  const { q = '', order } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  const said = useRef(q);
  useRowKeys();
  // Another page may send a search here while this one is open.
  useEffect(() => {
    if (q === said.current) return;
    said.current = q;
    setTyped(q);
  }, [q]);
  useEffect(() => {
    if (typed === said.current) return;
    const timer = setTimeout(() => {
      said.current = typed;
      void navigate({ search: (was) => ({ ...was, q: typed || undefined }), replace: true });
    }, pause);
    return () => clearTimeout(timer);
  }, [typed, navigate]);
  const write = (next: string) => {
    setTyped(next);
    field.current?.focus();
  };
  return (
    <Page title={t`Search`} lead={t`Threads with a conclusion come first. You find only what you may read.`}>
      <search>
        <form
          onSubmit={(e) => {
            e.preventDefault();
            document.querySelector<HTMLElement>('#content .row-title a')?.focus();
          }}
        >
          <TextInput
            ref={field}
            size="md"
            aria-label={t`Search`}
            aria-describedby="search-help"
            placeholder={t`Words, names, “a phrase”`}
            leftSection={<IconSearch size={18} aria-hidden />}
            rightSection={typed && <CloseButton aria-label={t`Clear`} onClick={() => write('')} />}
            autoFocus={!q}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            maxLength={500}
            value={typed}
            onChange={(e) => setTyped(e.currentTarget.value)}
          />
        </form>
      </search>
      <Results q={q} best={order === 'relevance'} typed={typed} write={write} />
      <KeyLine
        keys={[
          [['Enter'], t`to the first result`],
          [['j', 'k'], t`move`],
          [['?'], t`all keys`],
        ]}
      />
    </Page>
  );
}

type ResultsProps = { q: string; best: boolean; typed: string; write: (q: string) => void };

function Results({ q, best, typed, write }: ResultsProps) {
  const found = useInfiniteQuery(searchQuery(q, best));
  const first: Found | undefined = found.data?.pages[0];
  if (!q.trim()) return <SearchHelp typed={typed} write={write} open />;
  return (
    <>
      <SearchHelp typed={typed} write={write} />
      {first && <Understood found={first} typed={typed} write={write} />}
      <div aria-busy={found.isFetching} className="search-found">
        <Faces
          of={found}
          isEmpty={(d) => d.pages.every((p) => p.items.length === 0)}
          empty={
            <Empty title={t`Nothing found.`}>
              {t`Fewer words find more. A word may end in * when you know only its beginning.`}
            </Empty>
          }
        >
          {(data) => (
            <>
              <Order best={best} />
              <Rows label={t`Results`}>
                {data.pages
                  .flatMap((p) => p.items)
                  .map((hit) => (
                    <li key={hit.kind + hit.id}>
                      <SearchHit hit={hit} />
                    </li>
                  ))}
              </Rows>
              {found.hasNextPage && (
                <p className="search-more">
                  <Button
                    variant="default"
                    size="xs"
                    loading={found.isFetchingNextPage}
                    onClick={() => void found.fetchNextPage()}
                  >
                    {t`Show more`}
                  </Button>
                </p>
              )}
            </>
          )}
        </Faces>
      </div>
    </>
  );
}

/** Which results come first; the address keeps it. */
function Order({ best }: { best: boolean }) {
  const navigate = route.useNavigate();
  const choose = (order?: string) => void navigate({ search: (was) => ({ ...was, order }), replace: true });
  return (
    <div className="search-order" role="group" aria-label={t`Which come first`}>
      <Button
        size="compact-xs"
        variant={best ? 'subtle' : 'light'}
        aria-pressed={!best}
        onClick={() => choose()}
      >
        {t`Newest first`}
      </Button>
      <Button
        size="compact-xs"
        variant={best ? 'light' : 'subtle'}
        aria-pressed={best}
        onClick={() => choose('relevance')}
      >
        {t`Best match first`}
      </Button>
    </div>
  );
}
