import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Asks once more before something that cannot be taken back. */
export function Sure({
  title,
  children,
  doIt,
  busy,
  onDo,
  onClose,
}: {
  title: string;
  children: ReactNode;
  doIt: string;
  busy?: boolean;
  onDo: () => void;
  onClose: () => void;
}) {
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
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t`Leave it as it is`}
        </Button>
        <Button color="red.8" loading={busy} onClick={onDo}>
          {doIt}
        </Button>
      </Group>
    </Modal>
  );
}
