import { t } from '@lingui/core/macro';
import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMe } from '~/api/queries';
import type { Attention } from '~/api/types';
import { Failed, Loading, Section, toast } from '~/kit';
import { attentionQuery, useChangeAttention } from './api';
import { ByMail } from './ByMail';
import { MailKinds } from './MailKinds';
import { OnThisDevice } from './OnThisDevice';

/** Whether digests come by mail, and whether urgent asks may come outside one's hours. */
export function Reaching() {
  const found = useQuery(attentionQuery);
  if (found.data) return <Choices now={found.data} />;
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return <Loading rows={2} height={120} />;
}

function Choices({ now }: { now: Attention }) {
  const { person, demo } = useMe();
  const change = useChangeAttention();
  const put = (next: Attention, words: string) =>
    change.mutate(next, { onSuccess: () => toast(words, () => change.mutate(now)) });
  return (
    <>
      <Section title={t`Mail`}>
        <Switch
          label={t`Send me my digests by mail too`}
          description={t`They go to ${person.email}, only in your working hours. Your inbox stays as it is.`}
          checked={now.mail}
          disabled={change.isPending}
          onChange={(e) => {
            const mail = e.currentTarget.checked;
            put({ ...now, mail }, mail ? t`Your digests come by mail too.` : t`Mail is off.`);
          }}
        />
        {now.mail && (
          <MailKinds now={now} busy={change.isPending} onChange={(next) => put(next, t`Saved.`)} />
        )}
        {demo && (
          <p className="set-note">
            {t`In this demo no mail leaves;`} <Link to="/outbox">{t`it lies in the outbox`}</Link>.
          </p>
        )}
      </Section>
      <ByMail />
      <OnThisDevice />
      <Section title={t`Outside your hours`}>
        <Switch
          label={t`Page me outside my hours when something is urgent`}
          description={t`Your consent, off unless you give it. Nobody else can turn it on.`}
          checked={now.page_outside_hours}
          disabled={change.isPending}
          onChange={(e) => {
            const page = e.currentTarget.checked;
            put(
              { ...now, page_outside_hours: page },
              page ? t`Urgent asks may reach you at any hour.` : t`Outside your hours you are left alone.`,
            );
          }}
        />
        <PagingWords />
      </Section>
    </>
  );
}

const PagingWords = () => (
  <dl className="set-words">
    <div>
      <dt>{t`Off`}</dt>
      <dd>
        {t`Nothing reaches you outside your hours, at night, on holidays or while you are away. An urgent ask waits until you work again, and whoever asks sees that before sending.`}
      </dd>
    </div>
    <div>
      <dt>{t`On`}</dt>
      <dd>
        {t`An urgent ask reaches you at once, whatever the hour: in your inbox, and by mail and on your devices if those are on. Everything that is not urgent still waits for your hours.`}
      </dd>
    </div>
    <div>
      <dt>{t`What counts as urgent`}</dt>
      <dd>
        {t`Whoever asks has to write why it cannot wait, and what happens if nobody acts. You read both, and can answer, pass it on or decline.`}
      </dd>
    </div>
    <div>
      <dt>{t`Changing your mind`}</dt>
      <dd>{t`Turn it off whenever you like. That holds at once, also for what is already on its way.`}</dd>
    </div>
  </dl>
);
