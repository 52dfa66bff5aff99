import { t } from '@lingui/core/macro';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { batons } from '~/api';
import type { Chain } from '~/api/batons';
import { spacesQuery } from '~/api/queries';
import type { Recipients } from '~/api/types';
import { PeoplePicker } from '~/core/people';
import { toast } from '~/kit';
import { windowWords } from '~/kit/time';
import { useBatons } from './api';
import { Form } from './Form';

/** Makes a chain of people and teams, or writes one anew. */
export function ChainForm({ chain, onClose }: { chain: Chain | null; onClose: () => void }) {
  const spaces = (useQuery(spacesQuery).data ?? []).filter((s) => s.member && !s.archived);
  const [name, setName] = useState(chain?.name ?? '');
  const [picked, setPicked] = useState(chain?.space.id ?? '');
  const [who, setWho] = useState<Recipients>({
    people: (chain?.steps ?? []).flatMap((s) => (s.person ? [s.person.id] : [])),
    teams: (chain?.steps ?? []).flatMap((s) => (s.team ? [s.team.id] : [])),
  });
  const [window, setWindow] = useState(chain?.window ?? '4h');
  const space = picked || (spaces[0]?.id ?? '');
  const save = useBatons(() => {
    const body = {
      name,
      window,
      version: chain?.version,
      steps: [...who.people.map((person) => ({ person })), ...who.teams.map((team) => ({ team }))],
    };
    return chain ? batons.changeChain(chain.id, body) : batons.makeChain(space, body);
  });
  return (
    <Form
      title={chain ? t`Change the chain` : t`A chain`}
      doIt={t`Save`}
      busy={save.isPending}
      error={save.error}
      disabled={!name.trim() || !space || who.people.length + who.teams.length === 0}
      onClose={onClose}
      onDo={() =>
        save.mutate(undefined, {
          onSuccess: () => {
            toast(t`The chain stands.`);
            onClose();
          },
        })
      }
    >
      <TextInput
        label={t`Name`}
        required
        data-autofocus
        maxLength={160}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      {!chain && (
        <NativeSelect
          label={t`Space`}
          value={space}
          onChange={(e) => setPicked(e.currentTarget.value)}
          data={spaces.map((s) => ({ value: s.id, label: s.name }))}
        />
      )}
      <PeoplePicker
        label={t`People and teams`}
        description={t`In any order: the clock decides who is next.`}
        value={who}
        onChange={setWho}
      />
      <NativeSelect
        label={t`Time to take it, of their own`}
        value={window}
        onChange={(e) => setWindow(e.currentTarget.value)}
        data={[...new Set(['1h', '2h', '4h', '0d', '1d', window])].map((w) => ({
          value: w,
          label: windowWords(w),
        }))}
      />
    </Form>
  );
}
