import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { duty } from '~/api';
import { useNow } from '~/api/clock';
import type { Rota, Shift } from '~/api/urgent';
import { PersonPicker } from '~/core/people';
import { toast, Wrong } from '~/kit';
import { useDuty } from './api';
import { instantIn, localOf, useSpanWords } from './words';

type Props = { rota: Rota; doing: 'cover' | 'swap'; shift: Shift; onClose: () => void };

/** The turns that somebody has ahead in a layer, which can be asked for in return. */
const turnsOf = (rota: Rota, layer: string, person: string | null, now: number) =>
  (rota.layers.find((l) => l.id === layer)?.shifts ?? []).filter(
    (s) => s.person.id === person && Date.parse(s.from) > now,
  );

/** Puts somebody on duty for once, or offers them one's own time. */
export function CoverForm({ rota, doing, shift, onClose }: Props) {
  const { zone, span: spanWords } = useSpanWords();
  const cover = doing === 'cover';
  const [person, setPerson] = useState<string | null>(null);
  const [layer, setLayer] = useState(shift.layer);
  const [from, setFrom] = useState(localOf(shift.from, zone));
  const [to, setTo] = useState(localOf(shift.to, zone));
  const [words, setWords] = useState('');
  const [back, setBack] = useState<string | null>(null);
  const now = useNow(60_000);
  const theirs = cover ? [] : turnsOf(rota, layer, person, now);
  const save = useDuty<void, unknown>(() => {
    const turn = theirs.find((s) => s.from === back);
    const inReturn = turn && { back_from: turn.from, back_to: turn.to };
    const span = { layer, from: instantIn(from, zone), to: instantIn(to, zone) };
    return cover
      ? duty.cover(rota.team.id, { ...span, person: person ?? '', reason: words })
      : duty.offer(rota.team.id, { ...span, ...inReturn, with: person ?? '', note: words });
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <Text component="span" fw={600}>
          {cover ? t`Cover some of the duty` : t`Give away some of your duty`}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form
        className="form"
        onSubmit={(e) => {
          e.preventDefault();
          save.mutate(undefined, {
            onSuccess: () => {
              toast(cover ? t`Covered. They are told.` : t`Offered. It is in the rota once they accept.`);
              onClose();
            },
          });
        }}
      >
        <PersonPicker
          label={cover ? t`Who covers` : t`Whom you ask`}
          required
          value={person}
          onChange={(x) => {
            setPerson(x);
            setBack(null);
          }}
          exclude={cover ? [] : [shift.person.id]}
        />
        {cover && rota.layers.length > 1 && (
          <Select
            label={t`Layer`}
            data={rota.layers.map((l) => ({ value: l.id, label: l.name }))}
            value={layer}
            onChange={(v) => v && setLayer(v)}
          />
        )}
        <TextInput
          type="datetime-local"
          label={t`From (your clock)`}
          required
          value={from}
          onChange={(e) => setFrom(e.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={t`To (your clock)`}
          required
          value={to}
          onChange={(e) => setTo(e.currentTarget.value)}
        />
        {theirs.length > 0 && (
          <Select
            label={t`What you take in return (optional)`}
            data={theirs.map((s) => ({ value: s.from, label: spanWords(s.from, s.to) }))}
            value={back}
            onChange={setBack}
            clearable
            clearButtonProps={{ 'aria-label': t`Nothing in return` }}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
        )}
        <TextInput
          label={cover ? t`Why (optional)` : t`A word to them (optional)`}
          maxLength={300}
          value={words}
          onChange={(e) => setWords(e.currentTarget.value)}
        />
        <Wrong error={save.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!person || !from || !to}>
            {cover ? t`Cover` : t`Offer`}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
