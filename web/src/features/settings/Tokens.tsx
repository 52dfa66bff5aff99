import { t } from '@lingui/core/macro';
import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { auth } from '~/api';
import { Empty, Faces, Row, Rows, Section, Sure, toast, When } from '~/kit';
import { tokensQuery, useMine } from './api';

/** Tokens with which programs act as oneself; each is shown once. */
export function Tokens() {
  const list = useQuery(tokensQuery);
  const [name, setName] = useState('');
  const [fresh, setFresh] = useState('');
  const [ending, setEnding] = useState<{ id: string; name: string } | null>(null);
  const make = useMine(auth.makeToken, [['tokens']]);
  const end = useMine(auth.endToken, [['tokens']]);
  return (
    <Section title={t`Tokens for programs`}>
      <p className="settings-hint">{t`A program with a token may do all that you may. Give each its own, and take it back when it is done.`}</p>
      <form
        className="settings-line"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(name.trim(), {
            onSuccess: (made) => {
              setFresh(made.token);
              setName('');
            },
          });
        }}
      >
        <TextInput
          size="xs"
          label={t`What the token is for`}
          placeholder={t`such as backup script`}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          type="submit"
          size="xs"
          leftSection={<IconPlus size={14} />}
          disabled={!name.trim()}
          loading={make.isPending}
        >
          {t`Make a token`}
        </Button>
      </form>
      {fresh && (
        <div className="secret" role="status">
          <p>{t`This is shown only now. Keep it where the program finds it.`}</p>
          <Group gap="xs" wrap="nowrap">
            <code>{fresh}</code>
            <CopyButton value={fresh}>
              {({ copied, copy }) => (
                <Button size="compact-sm" variant="default" onClick={copy}>
                  {copied ? t`Copied` : t`Copy`}
                </Button>
              )}
            </CopyButton>
            <Button size="compact-sm" variant="default" onClick={() => setFresh('')}>
              {t`I have it`}
            </Button>
          </Group>
        </div>
      )}
      <Faces
        of={list}
        isEmpty={(all) => all.length === 0}
        empty={<Empty title={t`You have no tokens.`} />}
        rows={1}
      >
        {(all) => (
          <Rows label={t`Tokens`}>
            {all.map((one) => (
              <li key={one.id}>
                <Row
                  title={<bdi>{one.name}</bdi>}
                  sub={
                    <>
                      {t`made`} <When at={one.created_at} />
                      {one.used_at && (
                        <>
                          {' · '}
                          {t`last used`} <When at={one.used_at} as="ago" />
                        </>
                      )}
                    </>
                  }
                  end={
                    <Button variant="default" size="compact-xs" onClick={() => setEnding(one)}>
                      {t`Take back`}
                      <span className="hidden-words"> {one.name}</span>
                    </Button>
                  }
                />
              </li>
            ))}
          </Rows>
        )}
      </Faces>
      {ending && (
        <Sure
          title={t`Take the token ${ending.name} back?`}
          doIt={t`Take it back`}
          busy={end.isPending}
          onClose={() => setEnding(null)}
          onDo={() =>
            end.mutate(ending.id, {
              onSuccess: () => {
                toast(t`The token no longer works.`);
                setEnding(null);
              },
            })
          }
        >
          {t`The program that uses it can no longer act as you.`}
        </Sure>
      )}
    </Section>
  );
}
