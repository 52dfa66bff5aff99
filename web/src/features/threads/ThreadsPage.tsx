import { t } from '@lingui/core/macro';
import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { spacesQuery } from '~/api/queries';
import type { ThreadFilter } from '~/api/spaces';
import { ThreadList } from '~/core/threads';
import { Empty, KeyLine, Page, useRowKeys } from '~/kit';

const route = getRouteApi('/shell/threads');
const filters: ThreadFilter[] = ['all', 'following', 'unread', 'saved'];

/** All conversations that the reader may see, newest activity first. */
export function ThreadsPage() {
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const spaces = useQuery(spacesQuery).data ?? [];
  useRowKeys();
  const filter = filters.find((f) => f === asked.filter) ?? 'all';
  const state = asked.state === 'open' || asked.state === 'concluded' ? asked.state : undefined;
  const set = (part: Partial<typeof asked>) =>
    void navigate({ search: { ...asked, ...part }, replace: true });
  return (
    <Page
      title={t`Threads`}
      lead={t`Conversations with a purpose. Read when it suits you.`}
      actions={
        <Button
          renderRoot={(props) => <Link to="/new" search={{ space: asked.space }} {...props} />}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          {t`New thread`}
        </Button>
      }
    >
      <div className="filters" role="group" aria-label={t`Which threads`}>
        <SegmentedControl
          aria-label={t`Which threads`}
          size="xs"
          value={filter}
          onChange={(next) => set({ filter: next === 'all' ? undefined : next })}
          data={filters.map((f) => ({ value: f, label: filterWord(f) }))}
        />
        <NativeSelect
          aria-label={t`Space`}
          size="xs"
          value={asked.space ?? ''}
          onChange={(e) => set({ space: e.currentTarget.value || undefined })}
          data={[{ value: '', label: t`All spaces` }, ...spaces.map((s) => ({ value: s.id, label: s.name }))]}
        />
        <NativeSelect
          aria-label={t`State`}
          size="xs"
          value={state ?? ''}
          onChange={(e) => set({ state: e.currentTarget.value || undefined })}
          data={[
            { value: '', label: t`Open and concluded` },
            { value: 'open', label: t`Open` },
            { value: 'concluded', label: t`Concluded` },
          ]}
        />
      </div>
      <ThreadList
        asked={{ space: asked.space, state, filter: filter === 'all' ? undefined : filter }}
        empty={<Nothing filter={filter} narrowed={!!asked.space || !!state} />}
      />
      <KeyLine
        keys={[
          [['j', 'k'], t`move`],
          [['Enter'], t`open`],
          [['c'], t`new thread`],
          [['?'], t`all keys`],
        ]}
      />
    </Page>
  );
}

function filterWord(filter: ThreadFilter): string {
  return { all: t`All`, following: t`Following`, unread: t`Unread`, saved: t`Saved` }[filter];
}

function Nothing({ filter, narrowed }: { filter: ThreadFilter; narrowed: boolean }) {
  if (filter === 'unread')
    return <Empty title={t`You have read everything.`}>{t`New posts wait here until you want them.`}</Empty>;
  if (filter === 'saved')
    return <Empty title={t`Nothing is saved.`}>{t`Save a thread to find it here again.`}</Empty>;
  if (filter === 'following')
    return (
      <Empty title={t`You follow no threads here.`}>
        {t`You follow what you open, answer or are asked in, and whatever you choose.`}
      </Empty>
    );
  if (narrowed) return <Empty title={t`No threads fit.`}>{t`Choose another space or state.`}</Empty>;
  return (
    <Empty title={t`No threads yet.`}>
      <p>{t`A thread is a conversation with a title and a purpose. People read it in their own hours.`}</p>
      <p>
        <Link to="/new">{t`Open the first one`}</Link>
      </p>
    </Empty>
  );
}
