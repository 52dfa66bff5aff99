import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ApiProblem } from '~/api';
import type { Id, Mail } from '~/api/types';
import { Empty, Failed, Loading, Page, Tag, When } from '~/kit';
import { mailQuery } from './api';
import { MailBody } from './MailBody';
import { stateOf } from './words';

/** One mail: to whom, when, how far it came, and in a demo what it says. */
export function MailPage({ id }: { id: Id }) {
  const found = useQuery(mailQuery(id));
  const mail = found.data;
  return (
    <Page title={mail ? mail.subject || t`Mail to ${mail.to}` : t`Mail`}>
      <p className="back">
        <Link to="/outbox">{t`All mail`}</Link>
      </p>
      {mail ? (
        <>
          <Facts mail={mail} />
          {mail.text || mail.html ? (
            <MailBody mail={mail} />
          ) : (
            <Empty title={t`What it says is for its reader alone.`} />
          )}
        </>
      ) : found.error instanceof ApiProblem && found.error.status === 404 ? (
        <Empty title={t`There is no such mail here.`} />
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={4} />
      )}
    </Page>
  );
}

function Facts({ mail }: { mail: Mail }) {
  const state = stateOf(mail.state);
  return (
    <dl className="mail-facts">
      <div>
        <dt>{t`To`}</dt>
        <dd>
          <bdi>{mail.to}</bdi>
        </dd>
      </div>
      <div>
        <dt>{t`Written`}</dt>
        <dd>
          <When at={mail.at} />
        </dd>
      </div>
      <div>
        <dt>{t`State`}</dt>
        <dd>
          <Tag hue={state.hue}>{state.word}</Tag> {state.means}
          {mail.problem && <div dir="auto">{t`It said: ${mail.problem}`}</div>}
        </dd>
      </div>
    </dl>
  );
}
