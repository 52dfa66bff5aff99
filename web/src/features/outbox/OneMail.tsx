import { t } from '@lingui/core/macro';
import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '~/api';
import { Empty, Failed, Loading, Page, When } from '~/kit';
import { mailQuery } from './api';
import { State } from './OutboxPage';

/** One mail, as a mail program would show it, or as plain text. */
export function OneMail({ id }: { id: string }) {
  const found = useQuery(mailQuery(id));
  const [as, setAs] = useState('html');
  const mail = found.data;
  const back = (
    <Button size="xs" variant="default" renderRoot={(props) => <Link to="/outbox" {...props} />}>
      {t`All mail`}
    </Button>
  );
  if (!mail) {
    const missing = found.error instanceof ApiProblem && found.error.status === 404;
    return (
      <Page title={t`Mail`} actions={back}>
        {missing ? (
          <Empty title={t`There is no such mail for you.`} />
        ) : found.error ? (
          <Failed error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={mail.subject || t`Mail`}
      lead={
        <>
          {t`to ${mail.to}`} · <When at={mail.at} /> · <State mail={mail} />
        </>
      }
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label={t`How to show the mail`}
            value={as}
            onChange={setAs}
            data={[
              { value: 'html', label: t`As mail` },
              { value: 'text', label: t`As text` },
            ]}
          />
          {back}
        </>
      }
    >
      {as === 'html' && mail.html ? (
        // An empty sandbox: no scripts, no forms, no way out, whatever the mail holds.
        <iframe className="mail" sandbox="" srcDoc={mail.html} title={mail.subject} />
      ) : mail.text ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls by the keyboard
        <pre className="mail-text" dir="auto" tabIndex={0}>
          {mail.text}
        </pre>
      ) : (
        <Empty title={t`The text of this mail is for its reader alone.`} />
      )}
    </Page>
  );
}
