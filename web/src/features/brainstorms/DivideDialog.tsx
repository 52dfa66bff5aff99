import { t } from '@lingui/core/macro';
import { Button, Checkbox, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { brainstorms } from '~/api';
import type { Brainstorm } from '~/api/brainstorms';
import { toast, Wrong } from '~/kit';
import { useChange } from './api';
import { phaseWord } from './words';

/** Divides people into rooms of at most six, each with a board of its own. */
export function DivideDialog({ b, onClose }: { b: Brainstorm; onClose: () => void }) {
  const can = b.plan.map((s) => s.phase).filter((p) => ['reveal', 'cluster', 'refine'].includes(p));
  const [by, setBy] = useState<'overlap' | 'mixture'>('overlap');
  const [through, setThrough] = useState<string[]>([]);
  const divide = useChange(b.id, () => brainstorms.divide(b.id, { by, through }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <Text component="span" fw={600}>
          {t`Divide people into rooms`}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form
        className="bs-form"
        onSubmit={(e) => {
          e.preventDefault();
          divide.mutate(undefined, {
            onSuccess: () => {
              toast(t`Divided. Each room has a board of its own.`);
              onClose();
            },
          });
        }}
      >
        <fieldset className="bs-set">
          <legend>{t`Who shares a room`}</legend>
          <div className="bs-templates">
            {(['overlap', 'mixture'] as const).map((x) => (
              <label key={x} className="bs-template">
                <input type="radio" name="by" checked={by === x} onChange={() => setBy(x)} />
                <span className="bs-template-name">
                  {x === 'overlap'
                    ? t`People whose hours lie together`
                    : t`People from as many hours as possible`}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        {can.length > 0 && (
          <Checkbox.Group label={t`What rooms do beside collecting`} value={through} onChange={setThrough}>
            <div className="bs-methods">
              {can.map((p) => (
                <Checkbox key={p} value={p} label={phaseWord(p)} />
              ))}
            </div>
          </Checkbox.Group>
        )}
        <Text size="sm">{t`At most six people share a room. Ideas that are here already stay, and are revealed with those of the rooms.`}</Text>
        <Wrong error={divide.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={divide.isPending}>
            {t`Divide`}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
