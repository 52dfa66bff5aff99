import { t } from '@lingui/core/macro';
import { Button, Group, Modal, NativeSelect, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { duty } from '~/api';
import { now } from '~/api/clock';
import { peopleQuery, useMe } from '~/api/queries';
import type { Id } from '~/api/types';
import type { DutyLayerIn, Rota } from '~/api/urgent';
import { PeoplePicker, PersonPicker, ZonePicker } from '~/core/people';
import { InOrder, toast, Wrong } from '~/kit';
import { weekdays } from '~/kit/days';
import { dateOf } from '~/kit/time';
import { useDuty } from './api';

/** The hours of a layer as one range for some weekdays, which is how nearly all are. */
type Hours = { on: boolean; from: string; to: string; weekends: boolean };
type Draft = Omit<DutyLayerIn, 'hours'> & { hours: Hours; odd?: DutyLayerIn['hours'] };

function draftOf(layer: Rota['layers'][number]): Draft {
  const { id, name, zone, start, handover, days, hours } = layer;
  const ranges = new Set(Object.values(hours).flat());
  const plain = ranges.size <= 1 && Object.values(hours).every((r) => r?.length === 1);
  const [from = '09:00', to = '17:00'] = [...ranges][0]?.split('-') ?? [];
  return {
    id,
    name,
    zone,
    start,
    handover,
    days,
    people: layer.people.map((p) => p.id),
    hours: { on: ranges.size > 0, from, to, weekends: 'sat' in hours },
    odd: plain ? undefined : hours,
  };
}

function layerOf({ hours, odd, ...rest }: Draft): DutyLayerIn {
  if (odd) return { ...rest, hours: odd };
  if (!hours.on) return rest;
  const days = hours.weekends ? weekdays : weekdays.slice(0, 5);
  return { ...rest, hours: Object.fromEntries(days.map((d) => [d, [`${hours.from}-${hours.to}`]])) };
}

/** Makes a rota, or changes one: its layers, in the order in which they count. */
export function RotaEditor({ team, rota, onClose }: { team: Id; rota: Rota | null; onClose: () => void }) {
  const me = useMe().person;
  const fresh = (): Draft => ({
    name: '',
    zone: me.zone,
    start: dateOf(now(), me.zone),
    handover: '09:00',
    days: 7,
    people: [],
    hours: { on: false, from: '09:00', to: '17:00', weekends: true },
  });
  const [layers, setLayers] = useState<Draft[]>(rota ? rota.layers.map(draftOf) : [fresh()]);
  const [keeper, setKeeper] = useState<Id | null>(rota?.keeper.id ?? me.id);
  const [always, setAlways] = useState(rota?.always ?? false);
  const save = useDuty(() =>
    duty.set(team, {
      keeper: keeper ?? undefined,
      always,
      version: rota?.version,
      layers: layers.map(layerOf),
    }),
  );
  const put = (i: number, part: Partial<Draft>) =>
    setLayers(layers.map((l, n) => (n === i ? { ...l, ...part } : l)));
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={
        <Text component="span" fw={600}>
          {rota ? t`Change the rota` : t`A rota`}
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
              toast(t`The rota stands.`);
              onClose();
            },
          });
        }}
      >
        <p className="due-note">
          {t`Whoever has the turn in the first layer is on duty. While nobody there is, because of hours, holidays or absences, the next layer counts.`}
        </p>
        {layers.map((l, i) => (
          <Layer
            key={l.id ?? i}
            n={i + 1}
            layer={l}
            set={(part) => put(i, part)}
            onRemove={layers.length > 1 ? () => setLayers(layers.filter((_, n) => n !== i)) : undefined}
          />
        ))}
        <div>
          <Button variant="default" size="xs" onClick={() => setLayers([...layers, fresh()])}>
            {t`Another layer`}
          </Button>
        </div>
        <PersonPicker
          label={t`Who keeps the rota`}
          description={t`Is told a week before nobody is on duty.`}
          required
          value={keeper}
          onChange={setKeeper}
        />
        <Switch
          label={t`Somebody should be on duty at every hour`}
          description={t`Otherwise only gaps within the layers' own hours are warned of.`}
          checked={always}
          onChange={(e) => setAlways(e.currentTarget.checked)}
        />
        <Wrong error={save.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={layers.some((l) => l.people.length === 0)}>
            {t`Save`}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

type LayerProps = { n: number; layer: Draft; set: (part: Partial<Draft>) => void; onRemove?: () => void };

function Layer({ n, layer, set, onRemove }: LayerProps) {
  const turn = layer.days ?? 7;
  const turns = [1, 7, 14, 28].includes(turn) ? [1, 7, 14, 28] : [turn, 1, 7, 14, 28];
  return (
    <fieldset className="duty-layer">
      <legend className="hidden-words">{t`Layer ${n}`}</legend>
      <div className="duty-fields">
        <TextInput
          label={t`Layer ${n}, name`}
          placeholder={t`Duty`}
          maxLength={60}
          value={layer.name}
          onChange={(e) => set({ name: e.currentTarget.value })}
        />
        <NativeSelect
          label={t`A turn lasts`}
          value={String(turn)}
          onChange={(e) => set({ days: Number(e.currentTarget.value) })}
          data={turns.map((d) => ({ value: String(d), label: turnWord(d) }))}
        />
        <TextInput
          type="date"
          label={t`First turn from`}
          required
          value={layer.start}
          onChange={(e) => set({ start: e.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t`Handover at`}
          required
          value={layer.handover}
          onChange={(e) => set({ handover: e.currentTarget.value })}
        />
        <ZonePicker label={t`On the clock of`} value={layer.zone} onChange={(zone) => set({ zone })} />
      </div>
      <Order people={layer.people} onChange={(people) => set({ people })} />
      {layer.odd ? (
        <p className="due-note">{t`The hours of this layer differ by day; they stay as they are.`}</p>
      ) : (
        <HoursOf hours={layer.hours} set={(hours) => set({ hours })} />
      )}
      {onRemove && (
        <div>
          <Button variant="subtle" color="gray" size="compact-xs" onClick={onRemove}>
            {t`Remove layer ${n}`}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

const turnWord = (days: number) =>
  days === 1 ? t`a day` : days % 7 === 0 ? (days === 7 ? t`a week` : t`${days / 7} weeks`) : t`${days} days`;

function HoursOf({ hours, set }: { hours: Hours; set: (hours: Hours) => void }) {
  return (
    <>
      <Switch
        label={t`Only at some hours`}
        description={t`For a rota that follows the sun: a layer for each part of the world, each in its own day.`}
        checked={hours.on}
        onChange={(e) => set({ ...hours, on: e.currentTarget.checked })}
      />
      {hours.on && (
        <div className="duty-fields">
          <TextInput
            type="time"
            label={t`From`}
            value={hours.from}
            onChange={(e) => set({ ...hours, from: e.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t`To`}
            value={hours.to}
            onChange={(e) => set({ ...hours, to: e.currentTarget.value })}
          />
          <Switch
            label={t`At weekends too`}
            checked={hours.weekends}
            onChange={(e) => set({ ...hours, weekends: e.currentTarget.checked })}
          />
        </div>
      )}
    </>
  );
}

/** The people of a layer, in the order of their turns. */
function Order({ people, onChange }: { people: Id[]; onChange: (people: Id[]) => void }) {
  const everybody = useQuery(peopleQuery).data ?? [];
  const name = (id: Id) => everybody.find((p) => p.id === id)?.name ?? '…';
  return (
    <div>
      <PeoplePicker
        label={t`Who takes turns, in this order`}
        teams={false}
        value={{ people, teams: [] }}
        onChange={(next) => onChange(next.people)}
      />
      <ol className="duty-order">
        {people.map((id, i) => (
          <li key={id}>
            <bdi>{`${i + 1}. ${name(id)}`}</bdi>
            <InOrder list={people} at={i} name={name(id)} onChange={onChange} />
          </li>
        ))}
      </ol>
    </div>
  );
}
