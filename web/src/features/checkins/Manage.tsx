import { t } from '@lingui/core/macro';
import { ActionIcon, Button, Group, Modal, Text, Textarea, TextInput } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { checkins } from '~/api';
import type { Checkin } from '~/api/checkins';
import { now } from '~/api/clock';
import { useMe } from '~/api/queries';
import { Menu, MenuItem, toast, Wrong } from '~/kit';
import { dateOf } from '~/kit/time';
import { latestQuery, useCheckinAct } from './api';
import { dateWords, stillWaitedWords } from './words';

const dayAfter = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);

/** What can be done with a check-in: follow, skip a day, pause, change, end. */
export function Manage({ c }: { c: Checkin }) {
  const [open, setOpen] = useState<'pause' | 'end' | null>(null);
  const navigate = useNavigate();
  const zone = useMe().person.zone;
  const tomorrow = dayAfter(dateOf(now(), zone));
  const follow = useCheckinAct((on: boolean) => checkins.follow(c.id, on));
  const pause = useCheckinAct((until: string) => checkins.pause(c.id, until));
  const resume = useCheckinAct(() => checkins.resume(c.id));
  const over = useCheckinAct(() => checkins.takeOver(c.id));
  const table = useCheckinAct(() => checkins.export(c.id));
  const paused = c.state === 'paused' || !!c.pause_until;
  const goOn = () =>
    resume.mutate(undefined, { onSuccess: () => toast(t`It goes on, from everybody’s next time.`) });
  return (
    <>
      <Menu
        target={
          <ActionIcon variant="default" size={30} aria-label={t`What else`}>
            <IconDots size={17} />
          </ActionIcon>
        }
      >
        {c.may.change && (
          <MenuItem
            onClick={() => void navigate({ to: '/checkins/$checkin/edit', params: { checkin: c.id } })}
          >{t`Change it`}</MenuItem>
        )}
        {c.may.follow && (
          <MenuItem
            onClick={() =>
              follow.mutate(!c.my.follows, {
                onSuccess: () =>
                  toast(
                    c.my.follows
                      ? t`You get its reports no more.`
                      : t`You get its reports, each on your morning.`,
                    () => follow.mutate(c.my.follows),
                  ),
              })
            }
          >
            {c.my.follows ? t`Get its reports no more` : t`Get its reports`}
          </MenuItem>
        )}
        {c.may.change && !paused && (
          <>
            <MenuItem
              onClick={() =>
                pause.mutate(tomorrow, {
                  onSuccess: () =>
                    toast(t`Nobody else is asked today; from ${dateWords(tomorrow)} it goes on.`, goOn),
                })
              }
            >{t`Skip today, for everybody`}</MenuItem>
            <MenuItem onClick={() => setOpen('pause')}>{t`Pause…`}</MenuItem>
          </>
        )}
        {c.may.change && paused && <MenuItem onClick={goOn}>{t`Go on`}</MenuItem>}
        {c.may.take_over && (
          <MenuItem
            onClick={() =>
              over.mutate(undefined, { onSuccess: () => toast(t`From now on it is asked in your name.`) })
            }
          >{t`Take it over from ${c.owner.name}`}</MenuItem>
        )}
        <MenuItem
          onClick={() => table.mutate(undefined, { onSuccess: save })}
        >{t`Save all answers as a table`}</MenuItem>
        {c.may.change && (
          <>
            <hr />
            <MenuItem danger onClick={() => setOpen('end')}>{t`End it…`}</MenuItem>
          </>
        )}
      </Menu>
      {open === 'pause' && <Pause c={c} from={tomorrow} onClose={() => setOpen(null)} goOn={goOn} />}
      {open === 'end' && <End c={c} onClose={() => setOpen(null)} />}
    </>
  );
}

/** Gives a table to the browser to keep. */
function save({ name, csv }: { name: string; csv: string }) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

type Dialog = { c: Checkin; onClose: () => void };

function Pause({ c, from, onClose, goOn }: Dialog & { from: string; goOn: () => void }) {
  const [until, setUntil] = useState('');
  const pause = useCheckinAct((date: string) => checkins.pause(c.id, date), true);
  return (
    <Box title={t`Pause ${c.name}`} onClose={onClose}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          pause.mutate(until, {
            onSuccess: () => {
              toast(until ? t`Paused until ${dateWords(until)}.` : t`Paused.`, goOn);
              onClose();
            },
          });
        }}
      >
        <TextInput
          type="date"
          label={t`Ask again from`}
          description={t`On each person’s own date. Left empty, nobody is asked until somebody lets it go on.`}
          min={from}
          value={until}
          onChange={(e) => setUntil(e.currentTarget.value)}
        />
        <Wrong error={pause.error} />
        <Foot busy={pause.isPending} doIt={t`Pause`} onClose={onClose} />
      </form>
    </Box>
  );
}

function End({ c, onClose }: Dialog) {
  const [outcome, setOutcome] = useState('');
  const end = useCheckinAct((words: string) => checkins.end(c.id, words), true);
  const waiting = useQuery(latestQuery(c.id)).data?.waiting ?? [];
  return (
    <Box title={t`End ${c.name}?`} onClose={onClose}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          end.mutate(outcome, {
            onSuccess: () => {
              toast(t`Ended. What was said stays.`);
              onClose();
            },
          });
        }}
      >
        <Text size="sm" mb="sm">
          {t`Nobody is asked any more, for good: what waits for an answer now is let go, and its thread is concluded. What was said stays to be read.`}
        </Text>
        {waiting.length > 0 && (
          <Text size="sm" mb="sm">
            {stillWaitedWords(waiting.length)}
          </Text>
        )}
        <Textarea
          label={t`What came of it`}
          placeholder={t`In a sentence or two, if you like`}
          autosize
          minRows={2}
          maxLength={10_000}
          dir="auto"
          value={outcome}
          onChange={(e) => setOutcome(e.currentTarget.value)}
        />
        <Wrong error={end.error} />
        <Foot busy={end.isPending} doIt={t`End it`} danger onClose={onClose} />
      </form>
    </Box>
  );
}

const Box = ({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: React.ReactNode;
}) => (
  <Modal
    opened
    onClose={onClose}
    title={
      <Text component="span" fw={600}>
        {title}
      </Text>
    }
    closeButtonProps={{ 'aria-label': t`Close` }}
  >
    {children}
  </Modal>
);

const Foot = ({
  busy,
  doIt,
  danger,
  onClose,
}: {
  busy: boolean;
  doIt: string;
  danger?: boolean;
  onClose: () => void;
}) => (
  <Group justify="flex-end" mt="lg" gap="xs">
    <Button variant="default" onClick={onClose}>
      {t`Leave it as it is`}
    </Button>
    <Button type="submit" loading={busy} color={danger ? 'red.8' : undefined}>
      {doIt}
    </Button>
  </Group>
);
