import { t } from '@lingui/core/macro';
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Ask } from '~/api/types';
import { PersonPicker } from '~/core/people';
import { Small } from './forms';

/** Who answers instead. */
export function PassForm({
  ask,
  busy,
  onSend,
  onBack,
}: {
  ask: Ask;
  busy: boolean;
  onSend: (to: string, note?: string) => void;
  onBack: () => void;
}) {
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const taken = ask.owed.map((o) => o.person.id);
  return (
    <Small
      words={t`Pass on`}
      busy={busy}
      ready={!!to}
      onSend={() => to && onSend(to, note.trim() || undefined)}
      onBack={onBack}
    >
      <PersonPicker
        label={t`Who can answer instead`}
        required
        value={to}
        onChange={setTo}
        exclude={[...taken, ask.asker.id]}
      />
      <Textarea
        label={t`A word to them (optional)`}
        autosize
        minRows={1}
        value={note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
    </Small>
  );
}
