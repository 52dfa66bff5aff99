import './batons.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Baton, BatonBox } from '~/api/batons';
import { useMe } from '~/api/queries';
import { Due, Empty, Face, Page, PagedRows, Row, SpaceDot, TabLinks, Tag, tabOf, When } from '~/kit';
import { batonsQuery } from './api';
import { BatonForm } from './BatonForm';
import { Chains } from './Chains';
import { EveningPart } from './Evening';

const route = getRouteApi('/shell/batons');

/** Work on its way: what the reader has, what is under way, and the chains it goes around in. */
export function BatonsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [making, setMaking] = useState(false);
  const tabs = [
    { value: 'mine', label: t`With you` },
    { value: 'open', label: t`Under way` },
    { value: 'carried', label: t`You carried` },
    { value: 'chains', label: t`Chains` },
  ];
  const tab = tabOf(tabs, search.tab);
  return (
    <Page
      title={t`Batons`}
      lead={t`Work that is handed from person to person, around the clock. Each is with exactly one of them.`}
      actions={
        <Button size="xs" leftSection={<IconArrowsExchange size={14} />} onClick={() => setMaking(true)}>
          {t`Hand over work`}
        </Button>
      }
    >
      <TabLinks to="/batons" label={t`Lists of batons`} tabs={tabs} at={tab} />
      <div className="baton-page">
        {tab === 'mine' && <EveningPart />}
        {tab === 'chains' ? <Chains /> : <List key={tab} box={tab as BatonBox} />}
      </div>
      {(making || search.about) && (
        <BatonForm
          about={search.about}
          onClose={() => {
            setMaking(false);
            if (search.about) void navigate({ search: {}, replace: true });
          }}
        />
      )}
    </Page>
  );
}

function List({ box }: { box: BatonBox }) {
  const found = useInfiniteQuery(batonsQuery(box));
  const empty: Record<string, string> = {
    mine: t`Nothing is with you, and nothing is offered to you.`,
    open: t`No work is under way as a baton.`,
    carried: t`You have carried nothing yet.`,
  };
  return (
    <PagedRows
      of={found}
      label={t`Batons`}
      older={t`Older ones`}
      empty={
        <Empty title={empty[box] ?? ''}>
          <p>{t`A baton says where the work stands, what comes next and where the traps are. Somebody in a waking zone takes it in their own hours, or says why not.`}</p>
        </Empty>
      }
    >
      {(b) => <OneRow baton={b} />}
    </PagedRows>
  );
}

function OneRow({ baton }: { baton: Baton }) {
  const me = useMe().person.id;
  const { offer, holder } = baton;
  const forMe = offer?.to.id === me;
  return (
    <Row
      face={<Face name={forMe || !offer ? holder.name : offer.to.name} />}
      title={
        <Link to="/batons/$baton" params={{ baton: baton.id }} dir="auto">
          {baton.title}
        </Link>
      }
      tag={
        baton.state === 'ended' ? (
          <Tag hue="green">{t`Done`}</Tag>
        ) : forMe ? (
          <Tag hue="blue">{t`Offered to you`}</Tag>
        ) : baton.late ? (
          <Tag hue="red">{t`Late`}</Tag>
        ) : null
      }
      sub={
        <>
          {baton.state === 'ended'
            ? baton.outcome
            : offer
              ? t`With ${holder.name}, offered to ${offer.to.name}`
              : t`With ${holder.name}`}
          {' · '}
          <SpaceDot space={baton.space} />
        </>
      }
      tone={baton.late ? 'late' : forMe ? 'today' : null}
      end={
        forMe && offer ? (
          <Due at={offer.due} />
        ) : baton.note.by && baton.state !== 'ended' ? (
          <Due at={baton.note.by} />
        ) : (
          <span className="due-note">
            <When at={baton.ended_at ?? baton.held_since} as="short" />
          </span>
        )
      }
    />
  );
}
