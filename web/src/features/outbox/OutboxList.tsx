import { t } from '@lingui/core/macro';
import { IconMail } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMe } from '~/api/queries';
import type { Mail } from '~/api/types';
import { Empty, Page, PagedRows, Row, Tag, When } from '~/kit';
import { outboxQuery } from './api';
import { stateOf } from './words';

/** All mail, newest first. Outside a demo only to whom it went and how far it came. */
export function OutboxList() {
  const { demo } = useMe();
  const found = useInfiniteQuery(outboxQuery);
  return (
    <Page
      title={t`Outbox`}
      lead={
        demo
          ? t`Every mail of the demo. No mail server is set, so they lie here and reach nobody.`
          : t`To whom mail went and how far it came. What it says is for its reader alone.`
      }
    >
      <PagedRows
        of={found}
        label={t`Mail`}
        older={t`Show older mail`}
        empty={<Nothing demo={demo} />}
        rows={6}
      >
        {(mail) => <OneRow mail={mail} />}
      </PagedRows>
    </Page>
  );
}

function OneRow({ mail }: { mail: Mail }) {
  const state = stateOf(mail.state);
  const to = <bdi>{mail.to}</bdi>;
  return (
    <Row
      face={
        <span className="row-icon">
          <IconMail size={18} stroke={1.7} aria-hidden />
        </span>
      }
      title={
        <Link to="/outbox" search={{ mail: mail.id }}>
          <bdi>{mail.subject || mail.to}</bdi>
        </Link>
      }
      tag={<Tag hue={state.hue}>{state.word}</Tag>}
      sub={mail.subject ? to : mail.problem || state.means}
      end={
        <span className="due-note">
          <When at={mail.at} />
        </span>
      }
    />
  );
}

const Nothing = ({ demo }: { demo: boolean }) => (
  <Empty title={t`No mail has been written yet.`}>
    {demo ? (
      <p>
        {t`No mail server is set, so mail lies here instead of leaving. The first digest that is due brings some: move the clock to somebody's check time.`}
      </p>
    ) : (
      <p>
        {t`Digests are mailed in each reader's own hours. Where no mail server is set, their mail lies here instead of leaving.`}
      </p>
    )}
  </Empty>
);
