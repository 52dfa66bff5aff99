import { t } from '@lingui/core/macro';
import { Button, Checkbox, FileInput, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ApiProblem, people } from '~/api';
import type { Calendar } from '~/api/types';
import { toast, Wrong } from '~/kit';
import { useHoursMutation } from './api';

/** As much as the server takes. */
const largest = 2 * 1024 * 1024;

/** Adds a holiday calendar from a file, read here and sent as text, or from an address. */
export function CalendarForm({ onClose, followed }: { onClose: () => void; followed: Calendar[] }) {
  const [from, setFrom] = useState('file');
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [file, setFile] = useState<globalThis.File | null>(null);
  const [mine, setMine] = useState(true);
  const tooLarge =
    file && file.size > largest ? t`This file is larger than 2 MiB. Export only its holidays.` : '';
  const save = useHoursMutation(async () => {
    const source = from === 'file' ? { ics: await file?.text() } : { url: url.trim() };
    const made = await people.makeCalendar({ name: name.trim(), ...source });
    if (mine) await people.followCalendars([...followed.map((c) => c.id), made.id]);
    return made;
  });
  const at = (field: string) =>
    save.error instanceof ApiProblem
      ? save.error.fields.find((f) => f.field.endsWith(field))?.detail
      : undefined;
  const ready = name.trim() && (from === 'file' ? file && !tooLarge : url.trim());
  return (
    <form
      className="form box"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, {
          onSuccess: (made) => {
            toast(t`${made.name} is there, with ${made.days.length} days.`);
            onClose();
          },
        });
      }}
    >
      <SegmentedControl
        size="xs"
        aria-label={t`Where the calendar comes from`}
        value={from}
        onChange={setFrom}
        data={[
          { value: 'file', label: t`From a file` },
          { value: 'url', label: t`From an address` },
        ]}
      />
      {from === 'file' ? (
        <FileInput
          label={t`iCalendar file`}
          description={t`A file that ends in .ics, of your country or company.`}
          accept=".ics,text/calendar"
          placeholder={t`Choose a file`}
          value={file}
          error={tooLarge || at('ics')}
          onChange={(next) => {
            setFile(next);
            if (next && !name) setName(next.name.replace(/\.ics$/i, ''));
          }}
        />
      ) : (
        <TextInput
          type="url"
          label={t`Address`}
          description={t`Read once a day. It must be on the public internet.`}
          placeholder="https://"
          value={url}
          error={at('url')}
          onChange={(event) => setUrl(event.target.value)}
        />
      )}
      <TextInput
        label={t`Name`}
        required
        maxLength={120}
        value={name}
        error={at('name')}
        onChange={(event) => setName(event.target.value)}
      />
      <Checkbox
        label={t`These are my holidays`}
        checked={mine}
        onChange={(event) => setMine(event.target.checked)}
      />
      {save.error && !at('ics') && !at('url') && !at('name') && <Wrong error={save.error} />}
      <Group gap="xs">
        <Button type="submit" size="xs" disabled={!ready} loading={save.isPending}>
          {t`Add the calendar`}
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          {t`Cancel`}
        </Button>
      </Group>
    </form>
  );
}
