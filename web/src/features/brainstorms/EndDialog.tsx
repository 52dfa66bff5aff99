import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Text } from '@mantine/core';
import { brainstorms } from '~/api';
import type { Brainstorm } from '~/api/brainstorms';
import { MarkdownField, useDraft } from '~/core/compose';
import { toast, Wrong } from '~/kit';
import { useChange } from './api';

/** Ends a brainstorm with what came of it, in words. */
export function EndDialog({ b, onClose }: { b: Brainstorm; onClose: () => void }) {
  const draft = useDraft(`end ${b.id}`, '');
  const end = useChange(b.id, () => brainstorms.end(b.id, draft.value));
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={
        <Text component="span" fw={600}>
          {t`End this brainstorm?`}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <div className="bs-form">
        <Text size="sm">{b.warnings.end}</Text>
        <MarkdownField
          label={t`What came of it (optional)`}
          placeholder={t`Stands before the results in the conclusion of its thread.`}
          value={draft.value}
          onChange={draft.set}
        />
        <Wrong error={end.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t`Leave it open`}
          </Button>
          <Button
            color="red.8"
            loading={end.isPending}
            onClick={() =>
              end.mutate(undefined, {
                onSuccess: () => {
                  draft.clear();
                  toast(t`Ended. Its thread is concluded with the results.`);
                  onClose();
                },
              })
            }
          >
            {t`End it for good`}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
