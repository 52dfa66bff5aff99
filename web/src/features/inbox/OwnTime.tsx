import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';

/** A day and a time of one's own choice. */
export function OwnTime({ first, onPick }: { first: string; onPick: (date: string, time: string) => void }) {
  const [date, setDate] = useState(first);
  const [time, setTime] = useState('09:00');
  return (
    <form
      className="own-time"
      onSubmit={(e) => {
        e.preventDefault();
        if (date && time) onPick(date, time);
      }}
    >
      <TextInput
        type="date"
        label={t`Day`}
        value={date}
        onChange={(e) => setDate(e.currentTarget.value)}
        data-autofocus
        autoFocus
      />
      <TextInput type="time" label={t`Time`} value={time} onChange={(e) => setTime(e.currentTarget.value)} />
      <Button type="submit" size="xs">{t`Set aside`}</Button>
    </form>
  );
}
