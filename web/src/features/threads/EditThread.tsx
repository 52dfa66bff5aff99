import { t } from '@lingui/core/macro';
import { Button, Modal, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { threads } from '~/api';
import { keys, spacesQuery } from '~/api/queries';
import type { Thread } from '~/api/types';
import { toast, Wrong } from '~/kit';
import { refreshThread } from './api';

/** A thread's title, purpose and space. */
export function EditThread({ thread, onClose }: { thread: Thread; onClose: () => void }) {
  const cache = useQueryClient();
  const [title, setTitle] = useState(thread.title);
  const [purpose, setPurpose] = useState(thread.purpose);
  const [space, setSpace] = useState(thread.space.id);
  const spaces = (useQuery(spacesQuery).data ?? []).filter((s) => s.may.post || s.id === thread.space.id);
  const save = useMutation({
    mutationFn: () =>
      threads.change(thread.id, {
        ...(title.trim() !== thread.title && { title: title.trim() }),
        ...(purpose.trim() !== thread.purpose && { purpose: purpose.trim() }),
        ...(space !== thread.space.id && { space }),
      }),
    meta: { quiet: true },
    onSuccess: (fresh) => {
      cache.setQueryData(keys.thread(thread.id), fresh);
      refreshThread(cache, thread.id);
      toast(t`Saved.`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t`This thread`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (title.trim()) save.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t`Title`}
            required
            maxLength={200}
            dir="auto"
            data-autofocus
            value={title}
            onChange={(e) => setTitle(e.currentTarget.value)}
          />
          <Textarea
            label={t`Purpose`}
            description={t`What this thread is to lead to. It stands under the title.`}
            autosize
            minRows={2}
            maxLength={2000}
            dir="auto"
            value={purpose}
            onChange={(e) => setPurpose(e.currentTarget.value)}
          />
          <NativeSelect
            label={t`Space`}
            description={
              space === thread.space.id
                ? undefined
                : t`Whoever does not read that space loses sight of the thread.`
            }
            value={space}
            onChange={(e) => setSpace(e.currentTarget.value)}
            data={spaces.map((s) => ({ value: s.id, label: s.name }))}
          />
          <Wrong error={save.error} />
          <div className="composer-foot">
            <Button variant="subtle" color="gray" size="sm" onClick={onClose}>
              {t`Cancel`}
            </Button>
            <Button type="submit" size="sm" loading={save.isPending} disabled={!title.trim()}>
              {t`Save`}
            </Button>
          </div>
        </Stack>
      </form>
    </Modal>
  );
}
