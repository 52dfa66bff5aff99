import './spaces.css';
import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { spacesQuery, useMe } from '~/api/queries';
import type { Space } from '~/api/types';
import { Empty, Faces, KeyLine, Page, Row, Rows, Section, Tag, useRowKeys } from '~/kit';

const NewSpace = lazy(() => import('./NewSpace').then((m) => ({ default: m.NewSpace })));

/** All spaces that the reader may see: their own first, then the others, then the archive. */
export function SpacesPage() {
  const me = useMe();
  const found = useQuery(spacesQuery);
  const [making, setMaking] = useState(false);
  const mayMake = me.person.role !== 'guest';
  useRowKeys({ a: mayMake ? () => setMaking(true) : undefined });
  const make = mayMake && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {t`New space`}
    </Button>
  );
  return (
    <Page title={t`Spaces`} lead={t`One for each subject: a product, a project, a team.`} actions={make}>
      <Faces
        of={found}
        isEmpty={(list) => list.length === 0}
        empty={
          <Empty title={t`There are no spaces yet.`}>
            {mayMake
              ? t`A space holds the threads of one subject, and says how quickly people answer each other there.`
              : t`Whoever invited you can add you to one.`}
          </Empty>
        }
      >
        {(list) => (
          <>
            <Group title={t`Yours`} list={list.filter((s) => s.member && !s.archived)} />
            <Group title={t`Others you can read`} list={list.filter((s) => !s.member && !s.archived)} />
            <Group title={t`Archive`} list={list.filter((s) => s.archived)} />
          </>
        )}
      </Faces>
      <KeyLine
        keys={[
          [['j', 'k'], t`move`],
          [['Enter'], t`open`],
          ...(mayMake ? ([[['a'], t`new space`]] as [string[], string][]) : []),
        ]}
      />
      <Suspense>{making && <NewSpace onClose={() => setMaking(false)} />}</Suspense>
    </Page>
  );
}

function Group({ title, list }: { title: string; list: Space[] }) {
  if (list.length === 0) return null;
  return (
    <Section title={title}>
      <Rows label={title}>
        {list.map((s) => (
          <li key={s.id}>
            <SpaceRow space={s} />
          </li>
        ))}
      </Rows>
    </Section>
  );
}

function SpaceRow({ space }: { space: Space }) {
  return (
    <Row
      face={<span className={`dot space-mark dot-${space.color || 'blue'}`} aria-hidden />}
      title={
        <Link to="/spaces/$space" params={{ space: space.id }}>
          <bdi>{space.name}</bdi>
        </Link>
      }
      tag={
        <>
          {space.private && <IconLock size={14} role="img" aria-label={t`Private`} />}
          {space.archived && <Tag>{t`Archived`}</Tag>}
        </>
      }
      sub={<span dir="auto">{space.purpose || t`No purpose written yet`}</span>}
      end={
        <span className="due-note">
          <Plural value={space.members} one="# member" other="# members" />
        </span>
      }
    />
  );
}
