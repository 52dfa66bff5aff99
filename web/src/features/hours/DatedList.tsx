import { t } from '@lingui/core/macro';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import { dateOf } from '~/kit/time';
import { dateWords } from './names';
import type { Typed } from './ranges';
import { TypedList } from './TypedList';

type Dated = Record<string, string[]>;

/** Ranges on single dates: a line a date, and one more to add. */
export function DatedList({
  label,
  value,
  read,
  placeholder,
  empty,
  add,
  problem,
  onChange,
}: {
  label: string;
  value: Dated;
  read: (text: string) => Typed;
  placeholder: string;
  empty: string;
  add: string;
  problem: (date: string) => string | undefined;
  onChange: (value: Dated) => void;
}) {
  const zone = useMe().person.zone;
  const today = dateOf(useNow(60_000), zone);
  const [date, setDate] = useState('');
  const [list, setList] = useState<string[]>([]);
  const dates = Object.keys(value).sort();
  const put = () => {
    if (!date) return;
    onChange({ ...value, [date]: list });
    setDate('');
    setList([]);
  };
  return (
    <div className="dated">
      {dates.length === 0 && <p className="hint">{empty}</p>}
      <ul>
        {dates.map((one) => (
          <li key={one} className="dated-row" data-past={one < today || undefined}>
            <span className="dated-date">{dateWords(one)}</span>
            <TypedList
              label={t`${label} on ${dateWords(one)}`}
              value={value[one] ?? []}
              read={read}
              placeholder={placeholder}
              problem={problem(one)}
              onChange={(next) => onChange({ ...value, [one]: next })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={30}
              aria-label={t`Remove ${dateWords(one)}`}
              onClick={() => {
                const { [one]: _, ...rest } = value;
                onChange(rest);
              }}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <form
        className="dated-row"
        onSubmit={(event) => {
          event.preventDefault();
          put();
        }}
      >
        <TextInput
          type="date"
          size="xs"
          aria-label={t`Date`}
          value={date}
          min={today}
          onChange={(event) => setDate(event.target.value)}
        />
        <TypedList
          label={t`${label} on that date`}
          value={list}
          read={read}
          placeholder={placeholder}
          onChange={setList}
        />
        <Button
          type="submit"
          size="xs"
          variant="default"
          disabled={!date}
          leftSection={<IconPlus size={14} />}
        >
          {add}
        </Button>
      </form>
    </div>
  );
}
