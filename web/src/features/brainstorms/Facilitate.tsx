import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { brainstorms } from '~/api';
import type { Brainstorm } from '~/api/brainstorms';
import { Menu, MenuItem, Sure, toast, toastError, Wrong } from '~/kit';
import { useChange } from './api';
import { phaseWord } from './words';

const EndDialog = lazy(() => import('./EndDialog').then((m) => ({ default: m.EndDialog })));
const Invite = lazy(() => import('./Invite').then((m) => ({ default: m.Invite })));
const DivideDialog = lazy(() => import('./DivideDialog').then((m) => ({ default: m.DivideDialog })));
const EditDialog = lazy(() => import('./EditDialog').then((m) => ({ default: m.EditDialog })));

type Open = 'on' | 'back' | 'end' | 'invite' | 'divide' | 'gather' | 'edit' | null;

/** What whoever facilitates can do, and the ways out of the page for everybody. */
export function Facilitate({ b }: { b: Brainstorm }) {
  const [open, setOpen] = useState<Open>(null);
  const step = useChange(b.id, (back: boolean) =>
    brainstorms.step(b.id, { from: b.phase, back, sure: true }),
  );
  const gather = useChange(b.id, () => brainstorms.gather(b.id));
  const undivide = useChange(b.id, () => brainstorms.undivide(b.id));
  const together = () =>
    undivide.mutate(undefined, {
      onSuccess: () => toast(t`The rooms are gone. Everybody writes on one board again.`),
      onError: toastError,
    });
  const at = b.plan.findIndex((s) => s.state === 'now');
  const next = b.plan[at + 1]?.phase ?? (b.parent ? 'act' : undefined);
  const former = b.plan[at - 1]?.phase;
  const shut = () => setOpen(null);
  const go = (back: boolean) =>
    step.mutate(back, {
      onSuccess: (fresh) => {
        toast(t`Now: ${phaseWord(fresh.phase)}.`);
        shut();
      },
    });
  return (
    <>
      <Menu
        target={
          <Button variant="default" size="xs">
            {t`Export`}
          </Button>
        }
      >
        <MenuItem
          onClick={() => location.assign(brainstorms.exported(b.id, 'md'))}
        >{t`As Markdown`}</MenuItem>
        <MenuItem
          onClick={() => location.assign(brainstorms.exported(b.id, 'csv'))}
        >{t`As a table (CSV)`}</MenuItem>
      </Menu>
      {b.may.change && (
        <Menu
          target={
            <Button variant="default" size="xs">
              {t`Facilitate…`}
            </Button>
          }
        >
          <MenuItem onClick={() => setOpen('edit')}>{t`Change question and phases…`}</MenuItem>
          <MenuItem onClick={() => setOpen('invite')}>{t`Invite more people…`}</MenuItem>
          {b.may.divide && (
            <MenuItem onClick={() => setOpen('divide')}>
              {b.in_rooms ? t`Divide people in another way…` : t`Divide people into rooms…`}
            </MenuItem>
          )}
          {b.may.undivide && <MenuItem onClick={together}>{t`Take the rooms away`}</MenuItem>}
          {b.may.gather && (
            <MenuItem onClick={() => setOpen('gather')}>{t`Bring the rooms together…`}</MenuItem>
          )}
          {b.may.back && former && (
            <MenuItem onClick={() => setOpen('back')}>{t`Back to ${phaseWord(former)}…`}</MenuItem>
          )}
          {b.may.end && (
            <MenuItem danger onClick={() => setOpen('end')}>
              {t`End it for good…`}
            </MenuItem>
          )}
        </Menu>
      )}
      {b.may.step && (
        <Button variant="default" size="xs" onClick={() => setOpen('on')}>
          {next ? t`On to ${phaseWord(next)}…` : t`On…`}
        </Button>
      )}
      {b.may.end && b.phase === 'act' && (
        <Button size="xs" onClick={() => setOpen('end')}>
          {t`End it…`}
        </Button>
      )}
      {open === 'on' && (
        <Ask
          title={next ? t`Go on to ${phaseWord(next)}?` : t`Go on?`}
          doIt={t`Go on`}
          busy={step.isPending}
          error={step.error}
          onDo={() => go(false)}
          onClose={shut}
        >
          <OnWarning b={b} />
        </Ask>
      )}
      {open === 'back' && former && (
        <Sure
          title={t`Go back to ${phaseWord(former)}?`}
          doIt={t`Go back`}
          busy={step.isPending}
          onDo={() => step.mutate(true, { onSuccess: shut, onError: toastError })}
          onClose={shut}
        >
          {b.warnings.back}
        </Sure>
      )}
      {open === 'gather' && (
        <Ask
          title={t`Bring the rooms together?`}
          doIt={t`Bring them together`}
          busy={gather.isPending}
          error={gather.error}
          onDo={() => gather.mutate(undefined, { onSuccess: shut })}
          onClose={shut}
        >
          {t`All ideas of the rooms come onto one board. Rooms that are not ready yet end here.`}
        </Ask>
      )}
      <Suspense>
        {open === 'end' && <EndDialog b={b} onClose={shut} />}
        {open === 'invite' && <Invite b={b} onClose={shut} />}
        {open === 'divide' && <DivideDialog b={b} onClose={shut} />}
        {open === 'edit' && <EditDialog b={b} onClose={shut} />}
      </Suspense>
    </>
  );
}

function OnWarning({ b }: { b: Brainstorm }) {
  const left = b.people.length - b.done;
  const names =
    left === 1
      ? t`One person is not done with this phase yet.`
      : t`${left} people are not done with this phase yet.`;
  return (
    <>
      {left > 0 && `${names} `}
      {b.ends_at && left > 0
        ? t`Their share of time is not over. If you wait, it goes on by itself.`
        : t`Everybody is told in their own hours.`}
      {b.phase === 'collect' &&
        ` ${t`The ideas are then open to all; those that come later are marked as late.`}`}
    </>
  );
}

type AskProps = {
  title: string;
  doIt: string;
  busy: boolean;
  error?: unknown;
  onDo: () => void;
  onClose: () => void;
  children: React.ReactNode;
};

/** Asks before a step that moves everybody, and can be taken back. */
function Ask({ title, doIt, busy, error, onDo, onClose, children }: AskProps) {
  return (
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
      <Text size="sm">{children}</Text>
      <Wrong error={error} />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t`Wait`}
        </Button>
        <Button loading={busy} onClick={onDo} data-autofocus>
          {doIt}
        </Button>
      </Group>
    </Modal>
  );
}
