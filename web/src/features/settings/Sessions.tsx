import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { auth } from '~/api';
import { Empty, Faces, Row, Rows, Section, Tag, toast, When } from '~/kit';
import { agentWords } from './agent';
import { sessionsQuery, useMine } from './api';

/** The browsers in which one is signed in. */
export function Sessions() {
  const list = useQuery(sessionsQuery);
  const end = useMine(auth.endSession, [['sessions']]);
  return (
    <Section title={t`Where I am signed in`}>
      <Faces
        of={list}
        isEmpty={(all) => all.length === 0}
        empty={<Empty title={t`Nowhere else.`} />}
        rows={2}
      >
        {(all) => (
          <Rows label={t`Browsers`}>
            {all.map((one) => (
              <li key={one.id}>
                <Row
                  title={<span title={one.agent}>{agentWords(one.agent)}</span>}
                  tag={one.current && <Tag hue="green">{t`this browser`}</Tag>}
                  sub={
                    <>
                      {t`last used`} <When at={one.used_at} as="ago" /> · {t`since`}{' '}
                      <When at={one.created_at} />
                    </>
                  }
                  end={
                    !one.current && (
                      <Button
                        variant="default"
                        size="compact-xs"
                        onClick={() => end.mutate(one.id, { onSuccess: () => toast(t`Signed out there.`) })}
                      >
                        {t`Sign out`}
                        <span className="hidden-words"> {agentWords(one.agent)}</span>
                      </Button>
                    )
                  }
                />
              </li>
            ))}
          </Rows>
        )}
      </Faces>
    </Section>
  );
}
