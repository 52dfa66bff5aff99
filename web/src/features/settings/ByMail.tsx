import { t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { mail } from '~/api';
import type { HeldMail, MyMail } from '~/api/types';
import { Failed, Row, Rows, Section, Sure, toast, When } from '~/kit';
import { myMailQuery, useMailAct } from './api';

/** How mail stands: whether it comes back, what waits for the reader's word, their other addresses. */
export function ByMail() {
  const found = useQuery(myMailQuery);
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return null;
  const { paused, held, takes, aliases } = found.data;
  return (
    <>
      {paused && <Paused now={found.data} />}
      {held.length > 0 && <Held list={held} />}
      {(takes || aliases.length > 0) && <Answering now={found.data} />}
    </>
  );
}

function Paused({ now }: { now: MyMail }) {
  const act = useMailAct();
  return (
    <div className="set-fresh" role="alert">
      <p>
        <strong>{t`Nothing is sent to ${now.address}.`}</strong> {t`Mail there came back:`}{' '}
        <bdi>{now.paused?.why}</bdi>
      </p>
      <Button
        size="xs"
        loading={act.isPending}
        onClick={() => act.mutate(mail.resume, { onSuccess: () => toast(t`Mail goes there again.`) })}
      >
        {t`Send mail there again`}
      </Button>
    </div>
  );
}

function Held({ list }: { list: HeldMail[] }) {
  return (
    <Section title={t`Was this you?`}>
      <p className="set-note">
        {t`These mails came in your name from an address that is not known as yours. Nothing was done with them yet.`}
      </p>
      <Rows label={t`Mails in your name`}>
        {list.map((one) => (
          <li key={one.id}>
            <OneHeld held={one} />
          </li>
        ))}
      </Rows>
    </Section>
  );
}

function OneHeld({ held }: { held: HeldMail }) {
  const act = useMailAct();
  const say = (yes: boolean, always: boolean) =>
    act.mutate(() => (yes ? mail.confirm(held.id, always) : mail.discard(held.id)), {
      onSuccess: () => toast(yes ? t`What it says is being done.` : t`It is put aside.`),
    });
  return (
    <Row
      title={<bdi>{held.subject || t`Without a subject`}</bdi>}
      sub={<bdi>{held.from}</bdi>}
      end={<When at={held.at} />}
      below={
        <Group gap="xs">
          <Button size="compact-xs" loading={act.isPending} onClick={() => say(true, false)}>
            {t`It was me`}
          </Button>
          <Button size="compact-xs" variant="default" loading={act.isPending} onClick={() => say(true, true)}>
            {t`It was me, always`}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            loading={act.isPending}
            onClick={() => say(false, false)}
          >
            {t`It was not me`}
          </Button>
        </Group>
      }
    />
  );
}

function Answering({ now }: { now: MyMail }) {
  const [sure, setSure] = useState(false);
  const act = useMailAct();
  return (
    <Section title={t`Answering by mail`}>
      <p className="set-note">
        {t`Reply to a mail to answer it. The addresses and links in your mails are yours alone: do not pass them on.`}
      </p>
      {now.aliases.length > 0 && (
        <Rows label={t`Other addresses of yours`}>
          {now.aliases.map((address) => (
            <li key={address}>
              <Row
                title={<bdi>{address}</bdi>}
                sub={t`Mail from here is yours too.`}
                end={
                  <Button
                    size="compact-xs"
                    variant="default"
                    loading={act.isPending}
                    onClick={() => act.mutate(() => mail.dropAlias(address))}
                  >
                    {t`Not mine any more`}
                  </Button>
                }
              />
            </li>
          ))}
        </Rows>
      )}
      <Button variant="default" size="xs" onClick={() => setSure(true)}>
        {t`Somebody else has one of them`}
      </Button>
      {sure && (
        <Sure
          title={t`Make them all void?`}
          doIt={t`Make them void`}
          busy={act.isPending}
          onClose={() => setSure(false)}
          onDo={() =>
            act.mutate(mail.rotate, {
              onSuccess: () => {
                setSure(false);
                toast(t`Earlier addresses and links are void.`);
              },
            })
          }
        >
          {t`Every address and link in the mails and notes you have had stops working. Later ones bring new ones.`}
        </Sure>
      )}
    </Section>
  );
}
