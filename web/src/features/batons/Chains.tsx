import { t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { batons } from '~/api';
import type { Chain } from '~/api/batons';
import { Empty, Faces, Older, Section, SpaceDot, Sure, toast } from '~/kit';
import { windowWords } from '~/kit/time';
import { chainsQuery, useBatons } from './api';
import { ChainDial } from './ChainDial';
import { ChainForm } from './ChainForm';

/** The chains in which work goes around, each on the clock. */
export function Chains() {
  const found = useInfiniteQuery(chainsQuery);
  const [open, setOpen] = useState<{ chain: Chain | null } | null>(null);
  const [ending, setEnding] = useState<Chain | null>(null);
  const end = useBatons((chain: Chain) => batons.endChain(chain.id));
  const make = (
    <Button size="xs" variant="default" onClick={() => setOpen({ chain: null })}>
      {t`Make a chain`}
    </Button>
  );
  return (
    <>
      <Faces
        of={found}
        isEmpty={(d) => d.pages.every((p) => p.items.length === 0)}
        empty={
          <Empty title={t`There is no chain yet.`}>
            <p>{t`A chain is people and teams of a space among whom work goes around. The clock decides who is next: whoever can first have two hours of work on it.`}</p>
            {make}
          </Empty>
        }
      >
        {(data) => (
          <>
            {data.pages
              .flatMap((p) => p.items)
              .map((c) => (
                <Section
                  key={c.id}
                  title={c.name}
                  actions={
                    <Group gap={6}>
                      <span className="due-note">
                        <SpaceDot space={c.space} /> · {windowWords(c.window)}
                      </span>
                      {c.may.change && (
                        <>
                          <Button size="compact-sm" variant="subtle" onClick={() => setOpen({ chain: c })}>
                            {t`Change`}
                          </Button>
                          <Button
                            size="compact-sm"
                            variant="subtle"
                            color="gray"
                            onClick={() => setEnding(c)}
                          >
                            {t`End`}
                          </Button>
                        </>
                      )}
                    </Group>
                  }
                >
                  <ChainDial chain={c} />
                </Section>
              ))}
            {make}
          </>
        )}
      </Faces>
      <Older of={found} words={t`More chains`} />
      {open && <ChainForm chain={open.chain} onClose={() => setOpen(null)} />}
      {ending && (
        <Sure
          title={t`End the chain ${ending.name}?`}
          doIt={t`End the chain`}
          busy={end.isPending}
          onClose={() => setEnding(null)}
          onDo={() =>
            end.mutate(ending, {
              onSuccess: () => {
                toast(t`The chain is gone.`);
                setEnding(null);
              },
            })
          }
        >
          {t`What is on its way stays with whoever has it.`}
        </Sure>
      )}
    </>
  );
}
