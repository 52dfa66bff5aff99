import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconDeviceLaptop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Session } from '~/api/types';
import { Empty, Faces, Row, Rows, Section, Sure, Tag, toast, When } from '~/kit';
import { agentWords } from './agent';
import { sessionsQuery, useEndSessions, useSignOutEverywhere } from './api';

/** Where the reader is signed in, and ways to end that. */
export function Sessions() {
  const found = useQuery(sessionsQuery);
  const end = useEndSessions();
  const others = (found.data ?? []).filter((s) => !s.current).map((s) => s.id);
  const endOthers = () => end.mutate(others, { onSuccess: () => toast(t`You are signed in here alone.`) });
  return (
    <Section
      title={t`Where you are signed in`}
      actions={
        others.length > 0 && (
          <Button variant="default" size="compact-xs" loading={end.isPending} onClick={endOthers}>
            {t`End all others`}
          </Button>
        )
      }
    >
      <Faces
        of={found}
        isEmpty={(d) => d.length === 0}
        empty={<Empty title={t`You are signed in by a token alone.`} />}
        rows={2}
      >
        {(list) => (
          <Rows label={t`Sessions`}>
            {list.map((session) => (
              <li key={session.id}>
                <OneRow session={session} />
              </li>
            ))}
          </Rows>
        )}
      </Faces>
      <Everywhere />
    </Section>
  );
}

function OneRow({ session }: { session: Session }) {
  const end = useEndSessions();
  const words = agentWords(session.agent);
  return (
    <Row
      face={
        <span className="set-icon">
          <IconDeviceLaptop size={18} stroke={1.7} aria-hidden />
        </span>
      }
      title={<bdi>{words}</bdi>}
      tag={session.current && <Tag hue="green">{t`this one`}</Tag>}
      sub={
        <>
          {t`since`} <When at={session.created_at} /> · {t`last used`} <When at={session.used_at} as="ago" />
        </>
      }
      end={
        !session.current && (
          <Button
            variant="default"
            size="compact-xs"
            loading={end.isPending}
            aria-label={t`End the session of ${words}`}
            onClick={() =>
              end.mutate([session.id], { onSuccess: () => toast(t`That browser is signed out.`) })
            }
          >
            {t`End`}
          </Button>
        )
      }
    />
  );
}

function Everywhere() {
  const [sure, setSure] = useState(false);
  const out = useSignOutEverywhere();
  return (
    <div className="set-apart">
      <span>{t`Lost a device? Sign out of every browser, this one too. Tokens stay until you take them back.`}</span>
      <Button variant="default" size="xs" onClick={() => setSure(true)}>
        {t`Sign out everywhere`}
      </Button>
      {sure && (
        <Sure
          title={t`Sign out everywhere?`}
          doIt={t`Sign out`}
          busy={out.isPending}
          onDo={() => out.mutate(undefined, { onError: () => setSure(false) })}
          onClose={() => setSure(false)}
        >
          {t`Every browser has to sign in again, this one too. Drafts stay in the browser they were written in.`}
        </Sure>
      )}
    </div>
  );
}
