import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Token } from '~/api/types';
import { Empty, Faces, Row, Rows, Section, Sure, Tag, toast, When } from '~/kit';
import { tokensQuery, useEndToken } from './api';
import { MakeToken } from './MakeToken';

/** Tokens with which programs act as the reader. */
export function Tokens() {
  const found = useQuery(tokensQuery);
  return (
    <>
      <MakeToken />
      <Section title={t`Your tokens`}>
        <Faces of={found} isEmpty={(d) => d.length === 0} empty={<Nothing />} rows={2}>
          {(list) => (
            <Rows label={t`Tokens`}>
              {list.map((token) => (
                <li key={token.id}>
                  <OneRow token={token} />
                </li>
              ))}
            </Rows>
          )}
        </Faces>
      </Section>
    </>
  );
}

function OneRow({ token }: { token: Token }) {
  return (
    <Row
      face={
        <span className="set-icon">
          <IconKey size={18} stroke={1.7} aria-hidden />
        </span>
      }
      title={<bdi>{token.name}</bdi>}
      tag={token.current && <Tag hue="green">{t`this one`}</Tag>}
      sub={
        <>
          {t`made`} <When at={token.created_at} />
          {token.used_at && (
            <>
              {' · '}
              {t`last used`} <When at={token.used_at} as="ago" />
            </>
          )}
        </>
      }
      end={<TakeBack token={token} />}
    />
  );
}

function TakeBack({ token }: { token: Token }) {
  const [sure, setSure] = useState(false);
  const end = useEndToken();
  const words = {
    onSuccess: () => toast(t`Taken back. It opens nothing any more.`),
    onError: () => setSure(false),
  };
  return (
    <>
      <Button
        variant="default"
        size="compact-xs"
        aria-label={t`Take back ${token.name}`}
        onClick={() => setSure(true)}
      >
        {t`Take back`}
      </Button>
      {sure && (
        <Sure
          title={t`Take this token back?`}
          doIt={t`Take it back`}
          busy={end.isPending}
          onDo={() => end.mutate(token.id, words)}
          onClose={() => setSure(false)}
        >
          {t`The program that uses “${token.name}” can do nothing here from then on. This cannot be undone.`}
        </Sure>
      )}
    </>
  );
}

const Nothing = () => (
  <Empty title={t`You have no tokens.`}>
    <p>{t`The command line makes its own when you sign in there. For a program you wrote, make one above.`}</p>
  </Empty>
);
