import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { ApiProblem, sentenceOf } from '~/api';
import { toast } from '~/kit';
import type { SpecDraft } from './useSpec';

/** What is not saved yet, with undo and save; and a question before one leaves it behind. */
export function SaveBar({ draft, reload }: { draft: SpecDraft; reload: () => void }) {
  const { dirty, save } = draft;
  const guard = useBlocker({
    shouldBlockFn: ({ next }) => dirty && next.pathname !== '/hours',
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  const conflict = save.error instanceof ApiProblem && save.error.status === 409;
  const store = () =>
    save.mutate(undefined, { onSuccess: () => toast(t`Your hours are saved. What is due is counted anew.`) });
  if (!dirty && !draft.canRedo) return null;
  return (
    <>
      <div className="save-bar" role="region" aria-label={t`Changes to your hours`}>
        <span className="save-words" role={save.error ? 'alert' : 'status'}>
          {save.error ? sentenceOf(save.error) : dirty ? t`Not saved yet.` : t`As it was.`}
        </span>
        <Group gap="xs">
          <Button variant="default" size="xs" disabled={!draft.canUndo} onClick={draft.undo}>
            {t`Undo`}
          </Button>
          <Button variant="default" size="xs" disabled={!draft.canRedo} onClick={draft.redo}>
            {t`Redo`}
          </Button>
          {conflict ? (
            <Button
              size="xs"
              onClick={() => {
                draft.discard();
                reload();
              }}
            >
              {t`Show the newest`}
            </Button>
          ) : (
            <>
              <Button variant="default" size="xs" disabled={!dirty} onClick={draft.discard}>
                {t`Discard`}
              </Button>
              <Button size="xs" disabled={!dirty} loading={save.isPending} onClick={store}>
                {t`Save`}
              </Button>
            </>
          )}
        </Group>
      </div>
      {guard.status === 'blocked' && (
        <Modal
          opened
          onClose={guard.reset}
          title={
            <Text component="span" fw={600}>
              {t`Your hours are not saved yet.`}
            </Text>
          }
          closeButtonProps={{ 'aria-label': t`Close` }}
        >
          <Text size="sm">{t`If you leave now, your changes are lost.`}</Text>
          <Group justify="flex-end" mt="lg" gap="xs">
            <Button variant="default" onClick={guard.proceed}>
              {t`Leave without saving`}
            </Button>
            <Button data-autofocus onClick={guard.reset}>
              {t`Stay here`}
            </Button>
          </Group>
        </Modal>
      )}
    </>
  );
}
