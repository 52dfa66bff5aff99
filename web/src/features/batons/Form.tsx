import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { sentenceOf } from '~/api';

type Props = {
  title: string;
  doIt: string;
  busy: boolean;
  error: unknown;
  disabled?: boolean;
  wide?: boolean;
  onDo: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** A form in a window of its own, with what went wrong above its buttons. */
export function Form({ title, doIt, busy, error, disabled, wide, onDo, onClose, children }: Props) {
  return (
    <Modal
      opened
      onClose={onClose}
      size={wide ? 'lg' : 'md'}
      title={
        <Text component="span" fw={600}>
          {title}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form
        className="baton-form"
        onSubmit={(e) => {
          e.preventDefault();
          onDo();
        }}
      >
        {children}
        {!!error && (
          <p role="alert" className="baton-bad">
            {sentenceOf(error)}
          </p>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={busy} disabled={disabled}>
            {doIt}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
