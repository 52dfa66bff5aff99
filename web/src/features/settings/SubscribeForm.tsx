import { t } from '@lingui/core/macro';
import { Button, Checkbox, Group, Input, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { NewSubscription } from '~/api/types';
import { toast, Wrong } from '~/kit';
import { useSubscribe } from './calendars';
import { errorApart, errorAt } from './errors';

/** Reads in a calendar: its address, what it is for, and what signs in there. */
export function SubscribeForm({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState<NewSubscription>({
    kind: 'busy',
    source: 'ics',
    url: '',
    name: '',
    username: '',
    password: '',
    counts_as_focus: true,
  });
  const set = (more: Partial<NewSubscription>) => setDraft((d) => ({ ...d, ...more }));
  const save = useSubscribe();
  const dav = draft.source === 'caldav';
  const apart = errorApart(save.error, 'url', 'name', 'username');
  const send = () =>
    save.mutate(
      {
        ...draft,
        url: draft.url.trim(),
        name: draft.name?.trim() || undefined,
        username: dav ? draft.username?.trim() || undefined : undefined,
        password: dav ? draft.password || undefined : undefined,
      },
      {
        onSuccess: (made) => {
          toast(t`${made.name} is read in.`);
          onClose();
        },
      },
    );
  return (
    <form
      className="set-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.url.trim()) send();
      }}
    >
      <SegmentedControl
        size="xs"
        aria-label={t`How the calendar is read`}
        value={draft.source}
        onChange={(source) => set({ source: source as NewSubscription['source'] })}
        data={[
          { value: 'ics', label: t`By an address` },
          { value: 'caldav', label: t`Signing in (CalDAV)` },
        ]}
      />
      <TextInput
        type="text"
        inputMode="url"
        label={t`Address`}
        description={
          dav
            ? t`Of one calendar, as its server tells it in the settings of the calendar.`
            : t`The private or secret address in iCalendar format. It is kept, and not shown again.`
        }
        placeholder="https://"
        required
        maxLength={2000}
        value={draft.url}
        error={errorAt(save.error, 'url')}
        onChange={(e) => set({ url: e.currentTarget.value })}
      />
      {dav && (
        <>
          <TextInput
            label={t`Name there`}
            autoComplete="off"
            maxLength={320}
            value={draft.username}
            error={errorAt(save.error, 'username')}
            onChange={(e) => set({ username: e.currentTarget.value })}
          />
          <PasswordInput
            label={t`App password`}
            description={t`Made at your provider for this alone. It is kept to read the calendar, and never shown again.`}
            autoComplete="new-password"
            maxLength={500}
            value={draft.password}
            onChange={(e) => set({ password: e.currentTarget.value })}
          />
        </>
      )}
      <TextInput
        label={t`Name here`}
        description={t`Where it comes from, when you leave this empty.`}
        maxLength={120}
        dir="auto"
        value={draft.name}
        error={errorAt(save.error, 'name')}
        onChange={(e) => set({ name: e.currentTarget.value })}
      />
      <Input.Wrapper label={t`What is kept of it`} labelElement="div">
        <SegmentedControl
          size="xs"
          mt={4}
          fullWidth
          aria-label={t`What is kept of it`}
          value={draft.kind}
          onChange={(kind) => set({ kind: kind as NewSubscription['kind'] })}
          data={[
            { value: 'busy', label: t`Busy times, no titles` },
            { value: 'meetings', label: t`Meetings, titles for you alone` },
          ]}
        />
      </Input.Wrapper>
      <Checkbox
        label={t`Counts as focus`}
        description={t`Nothing interrupts you while it says busy. All-day events do not count.`}
        checked={draft.counts_as_focus}
        onChange={(e) => set({ counts_as_focus: e.currentTarget.checked })}
      />
      <Wrong says={apart} />
      <Group gap="xs">
        <Button type="submit" size="xs" loading={save.isPending} disabled={!draft.url.trim()}>
          {t`Read it in`}
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          {t`Cancel`}
        </Button>
      </Group>
    </form>
  );
}
