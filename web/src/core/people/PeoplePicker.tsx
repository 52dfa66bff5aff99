import { t } from '@lingui/core/macro';
import { type ComboboxItem, type ComboboxParsedItem, MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { now } from '~/api/clock';
import { peopleQuery, teamsQuery } from '~/api/queries';
import type { Id, PersonCard, Recipients } from '~/api/types';
import { Face } from '~/kit';
import { clockOf } from '~/kit/time';
import { matches } from './fold';

type Props = {
  label: string;
  value: Recipients;
  onChange: (value: Recipients) => void;
  /** Offer teams too. */
  teams?: boolean;
  /** Offer whoever is on duty too. */
  duty?: boolean;
  exclude?: Id[];
  description?: string;
  error?: string;
  placeholder?: string;
  autoFocus?: boolean;
};

/** Picks people and teams by name, handle or zone, from the keyboard. */
export function PeoplePicker({ value, onChange, teams = true, duty, exclude = [], ...rest }: Props) {
  const everybody = useQuery(peopleQuery).data;
  const groups = useQuery({ ...teamsQuery, enabled: teams }).data;
  const data = useMemo(() => {
    const persons = (everybody ?? []).filter((p) => !exclude.includes(p.id) && !p.bot && !p.removed);
    const sets = teams ? (groups ?? []) : [];
    return [
      ...(duty ? [{ group: t`On duty`, items: [{ value: 'duty here', label: t`Whoever is on duty` }] }] : []),
      ...(sets.length
        ? [{ group: t`Teams`, items: sets.map((x) => ({ value: `team ${x.id}`, label: x.name })) }]
        : []),
      { group: t`People`, items: persons.map((p) => ({ value: `person ${p.id}`, label: p.name })) },
    ];
  }, [everybody, groups, teams, duty, exclude]);
  return (
    <MultiSelect
      {...rest}
      searchable
      selectFirstOptionOnChange
      hidePickedOptions
      clearable
      clearButtonProps={{ 'aria-label': t`Remove everybody` }}
      data={data}
      value={[
        ...(value.duty ?? []).map((x) => `duty ${x}`),
        ...value.people.map((x) => `person ${x}`),
        ...value.teams.map((x) => `team ${x}`),
      ]}
      onChange={(picked) => onChange(splitPicked(picked))}
      filter={({ options, search }) => filterBy(options, search, everybody ?? [])}
      renderOption={({ option }) => (
        <Option value={option.value} label={option.label} people={everybody ?? []} />
      )}
      nothingFoundMessage={t`Nobody of that name.`}
      maxDropdownHeight={280}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}

type One = {
  label: string;
  value: Id | null;
  onChange: (value: Id | null) => void;
  exclude?: Id[];
  description?: string;
  placeholder?: string;
  required?: boolean;
};

/** Picks one person. */
export function PersonPicker({ value, onChange, exclude = [], ...rest }: One) {
  const everybody = useQuery(peopleQuery).data ?? [];
  const persons = everybody.filter((p) => !exclude.includes(p.id) && !p.bot && !p.removed);
  return (
    <Select
      {...rest}
      searchable
      selectFirstOptionOnChange
      clearable={!rest.required}
      clearButtonProps={{ 'aria-label': t`Nobody` }}
      data={persons.map((p) => ({ value: `person ${p.id}`, label: p.name }))}
      value={value ? `person ${value}` : null}
      onChange={(picked) => onChange(picked ? picked.slice('person '.length) : null)}
      filter={({ options, search }) => filterBy(options, search, everybody)}
      renderOption={({ option }) => <Option value={option.value} label={option.label} people={everybody} />}
      nothingFoundMessage={t`Nobody of that name.`}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}

/** Splits what the field holds into people, teams and duty. */
export function splitPicked(picked: string[]): Recipients {
  const of = (kind: string) =>
    picked.filter((x) => x.startsWith(`${kind} `)).map((x) => x.slice(kind.length + 1));
  const duty = of('duty');
  return { people: of('person'), teams: of('team'), ...(duty.length ? { duty } : {}) };
}

function filterBy(
  options: ComboboxParsedItem<string>[],
  search: string,
  people: PersonCard[],
): ComboboxParsedItem<string>[] {
  const fits = (item: ComboboxItem) => {
    const person = people.find((p) => `person ${p.id}` === item.value);
    return matches(`${item.label} ${person?.handle ?? ''} ${person?.zone ?? ''}`, search);
  };
  return options
    .map((o) => ('group' in o ? { ...o, items: o.items.filter(fits) } : o))
    .filter((o) => ('group' in o ? o.items.length > 0 : fits(o)));
}

function Option({ value, label, people }: { value: string; label: string; people: PersonCard[] }) {
  const person = people.find((p) => `person ${p.id}` === value);
  return (
    <span className="chip">
      <Face name={label} size={20} />
      <bdi>{label}</bdi>
      {person && <span className="chip-note">{clockOf(now(), person.zone)}</span>}
    </span>
  );
}
