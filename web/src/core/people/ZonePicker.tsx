import { t } from '@lingui/core/macro';
import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { now } from '~/api/clock';
import { clockOf } from '~/kit/time';
import { matches } from './fold';

/** The zone this browser is in; a first guess, never more. */
export const homeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

type Props = { label: string; value: string; onChange: (zone: string) => void; description?: string };

/** Picks a time zone by city; each shows its clock. */
export function ZonePicker({ value, onChange, ...rest }: Props) {
  const zones = useMemo(() => {
    const all = new Set(Intl.supportedValuesOf('timeZone'));
    all.add('UTC');
    if (value) all.add(value);
    return [...all].sort().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
  }, [value]);
  return (
    <Select
      {...rest}
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      data={zones}
      value={value}
      onChange={(zone) => zone && onChange(zone)}
      limit={60}
      filter={({ options, search }) =>
        options.filter((o) => 'value' in o && (matches(o.label, search) || o.label === search))
      }
      renderOption={({ option }) => (
        <span className="chip">
          {option.label} <span className="chip-note">{clockOf(now(), option.value)}</span>
        </span>
      )}
      nothingFoundMessage={t`No city of that name.`}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}
