import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, decisions } from '~/api';
import { now } from '~/api/clock';
import type { Awaited, Decision } from '~/api/decisions';
import { keys, useMe } from '~/api/queries';
import { Secret } from '~/core/calendars/Secret';
import { Wrong } from '~/kit';
import { dateOf, dayOf, instantOf, whenOf } from '~/kit/time';

const blank = { email: '', name: '', until: '' };

/** Invites somebody from outside to one decision, then shows their link, once. */
export function GuestForm({ decision: d, onClose }: { decision: Decision; onClose: () => void }) {
  const zone = useMe().person.zone;
  const cache = useQueryClient();
  const [value, setValue] = useState(blank);
  const set = (part: Partial<typeof blank>) => setValue((old) => ({ ...old, ...part }));
  const invite = useMutation({
    mutationFn: () =>
      decisions.inviteGuest(d.id, {
        email: value.email.trim(),
        name: value.name.trim() || undefined,
        until: value.until ? new Date(instantOf(value.until, '23:59', zone)).toISOString() : undefined,
      }),
    gcTime: 0,
    onSuccess: () => void cache.invalidateQueries({ queryKey: keys.decisions }),
    meta: { quiet: true },
  });
  const problem = invite.error;
  const at = (field: string) =>
    problem instanceof ApiProblem ? problem.fields.find((f) => f.field.endsWith(field))?.detail : undefined;
  const made = invite.data;
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <Text component="span" fw={600}>
          {made?.here ? t`Entitled` : made ? t`The invitation is made` : t`Invite somebody from outside`}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {made ? (
        <div className="dec-form">
          {made.here && (
            <p className="dec-plain">
              {t`${made.here.name} is in the workspace already, and is entitled now. They are reached in their hours.`}
            </p>
          )}
          {made.invited && <Made link={made.link} invited={made.invited} />}
          <Group justify="flex-end" gap="xs">
            <Button
              variant="default"
              onClick={() => {
                setValue(blank);
                invite.reset();
              }}
            >
              {t`Invite another`}
            </Button>
            <Button onClick={onClose}>{t`Done`}</Button>
          </Group>
        </div>
      ) : (
        <form
          className="dec-form"
          noValidate
          onSubmit={(e) => {
            e.preventDefault();
            invite.mutate();
          }}
        >
          <p className="dec-note">
            {t`They see this decision and nothing else, and need no place in the workspace yet. Once they have accepted, the end waits for their share of hours.`}
          </p>
          <TextInput
            type="email"
            label={t`E-mail`}
            description={t`Only this address can accept.`}
            maxLength={254}
            required
            value={value.email}
            error={at('email')}
            onChange={(e) => set({ email: e.currentTarget.value })}
            data-autofocus
          />
          <TextInput
            label={t`Name (optional)`}
            description={t`If you know it. They can change it.`}
            maxLength={80}
            dir="auto"
            value={value.name}
            error={at('name')}
            onChange={(e) => set({ name: e.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t`Guest until (optional)`}
            description={t`Their last day here. Empty: two weeks after it can have ended, to read what came of it.`}
            min={dateOf(now(), zone)}
            value={value.until}
            error={at('until')}
            onChange={(e) => set({ until: e.currentTarget.value })}
          />
          {problem && !['email', 'name', 'until'].some(at) && <Wrong error={problem} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t`Cancel`}
            </Button>
            <Button type="submit" loading={invite.isPending}>
              {t`Invite`}
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  );
}

/** The link, which the server keeps only as a hash. */
function Made({ link, invited: w }: { link: string; invited: Awaited }) {
  const zone = useMe().person.zone;
  const at = now();
  return (
    <>
      <p className="dec-plain">
        {w.mailed
          ? t`A mail with this link is on its way to ${w.email}. You can pass it on yourself as well.`
          : t`No mail goes out from here: send this link to ${w.email} yourself.`}
      </p>
      <Secret
        first
        label={t`Link`}
        note={t`Works once, until ${whenOf(w.expires_at, at, zone)}, and is not shown again.`}
        value={link}
      />
      {w.until && (
        <p className="dec-note">
          {t`They are a guest until ${dayOf(w.until, at, zone)}. The end waits for them only once they have accepted.`}
        </p>
      )}
    </>
  );
}
