import './brainstorms.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconBulb, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { inbox } from '~/api';
import type { BrainstormLine } from '~/api/brainstorms';
import { all, keys, spacesQuery } from '~/api/queries';
import { Due, Empty, Page, PagedRows, Row, TabLinks, Tag, tabOf, When } from '~/kit';
import { listQuery } from './api';
import { ideasWords, phaseHue, phaseWord } from './words';

const route = getRouteApi('/shell/brainstorms');

/** The brainstorms that the reader may see: those that wait for them first, then the rest. */
export function BrainstormsPage() {
  const tabs = [
    { value: 'open', label: t`Open` },
    { value: 'ended', label: t`Ended` },
  ];
  const tab = tabOf(tabs, route.useSearch().tab);
  const found = useInfiniteQuery(listQuery(tab === 'ended' ? 'ended' : 'open'));
  const mine = useMine();
  const sorted = found.data && {
    ...found.data,
    pages: [
      {
        next: '',
        items: found.data.pages
          .flatMap((p) => p.items)
          .sort((a, b) => Number(mine.has(b.id)) - Number(mine.has(a.id))),
      },
    ],
  };
  return (
    <Page
      title={t`Brainstorms`}
      lead={t`Think alone, then together, each in your own hours.`}
      actions={
        <Button
          renderRoot={(props) => <Link to="/brainstorms/new" {...props} />}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          {t`New brainstorm`}
        </Button>
      }
    >
      <TabLinks to="/brainstorms" label={t`Which brainstorms`} tabs={tabs} at={tab} />
      <PagedRows
        of={{ ...found, data: sorted }}
        label={t`Brainstorms`}
        older={t`Show older brainstorms`}
        empty={<Nothing ended={tab === 'ended'} />}
      >
        {(line) => <OneRow line={line} due={mine.get(line.id)} />}
      </PagedRows>
    </Page>
  );
}

/** The brainstorms that expect something of the reader, with by when: rows of their inbox. */
function useMine(): Map<string, string | null> {
  const owed = useQuery({
    queryKey: [...keys.inbox, 'owe', 'brainstorms'],
    queryFn: () => all((after) => inbox.list({ tab: 'owe', after, limit: 100 })),
  }).data;
  const found = new Map<string, string | null>();
  for (const row of owed ?? []) {
    const id = /^\/brainstorms\/([^/#?]+)/.exec(row.path)?.[1];
    if (id) found.set(id, row.due);
  }
  return found;
}

function OneRow({ line, due }: { line: BrainstormLine; due: string | null | undefined }) {
  const space = useQuery(spacesQuery).data?.find((s) => s.id === line.space);
  const yours = due !== undefined;
  return (
    <Row
      face={
        <span className="row-icon">
          <IconBulb size={18} stroke={1.7} aria-hidden />
        </span>
      }
      title={
        <Link to="/brainstorms/$brainstorm" params={{ brainstorm: line.id }}>
          <bdi>{line.title}</bdi>
        </Link>
      }
      tag={
        <>
          <Tag hue={phaseHue(line.phase)}>{phaseWord(line.phase)}</Tag>
          {yours && <Tag hue="yellow">{t`Yours to do`}</Tag>}
        </>
      }
      tone={yours ? 'today' : null}
      sub={[space?.name, line.state, ideasWords(line.ideas)].filter(Boolean).join(' · ')}
      end={
        due ? (
          <Due at={due} />
        ) : (
          <span className="due-note">
            {line.ended_at ? (
              <When at={line.ended_at} />
            ) : line.ends_at ? (
              <>
                {t`until`} <When at={line.ends_at} />
              </>
            ) : (
              t`by hand`
            )}
          </span>
        )
      }
    />
  );
}

function Nothing({ ended }: { ended: boolean }) {
  if (ended)
    return (
      <Empty title={t`No brainstorm has ended yet.`}>{t`What came of each stays here to be read.`}</Empty>
    );
  return (
    <Empty title={t`Nobody is brainstorming now.`}>
      <p>{t`In a brainstorm everybody writes ideas alone, hidden from the others. Then they are revealed, grouped and voted on, and the best become work. Each phase gives everybody a fair share of their own hours.`}</p>
      <p>
        <Link to="/brainstorms/new">{t`Begin one`}</Link>
      </p>
    </Empty>
  );
}
