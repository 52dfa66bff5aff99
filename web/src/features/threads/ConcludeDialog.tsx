import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { threads } from '~/api';
import { keys } from '~/api/queries';
import type { Thread } from '~/api/types';
import { MarkdownField, useDraft } from '~/core/compose';
import { toast, Wrong } from '~/kit';
import { refreshThread } from './api';

/** Closes a thread with what came out of it, for those who read only the end. */
export function ConcludeDialog({ thread, onClose }: { thread: Thread; onClose: () => void }) {
  const cache = useQueryClient();
  const draft = useDraft(`conclude ${thread.id}`, '');
  const conclude = useMutation({
    mutationFn: () => threads.conclude(thread.id, draft.value.trim()),
    meta: { quiet: true },
    onSuccess: (fresh) => {
      draft.clear();
      cache.setQueryData(keys.thread(thread.id), fresh);
      refreshThread(cache, thread.id);
      toast(t`Concluded. The conclusion stands on top of the thread.`);
      onClose();
    },
  });
  const ready = draft.value.trim() !== '' && !conclude.isPending;
  const submit = () => ready && conclude.mutate();
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t`Conclude this thread`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form
        className="composer"
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        <p className="dialog-lead">
          {t`Write what came out of it, so that nobody has to read the rest: what was decided, why, and who does what.`}
        </p>
        {thread.open_asks > 0 && (
          <p className="dialog-note" role="note">
            <Plural
              value={thread.open_asks}
              one="# ask is still open here. It stays with those who owe an answer."
              other="# asks are still open here. They stay with those who owe an answer."
            />
          </p>
        )}
        <MarkdownField
          label={t`Conclusion`}
          value={draft.value}
          onChange={draft.set}
          onSubmit={submit}
          minRows={5}
          autoFocus
        />
        <Wrong error={conclude.error}>{t`Your text is kept here.`}</Wrong>
        <div className="composer-foot">
          <Button variant="subtle" color="gray" size="sm" onClick={onClose}>
            {t`Not yet`}
          </Button>
          <Button type="submit" size="sm" disabled={!ready} loading={conclude.isPending}>
            {t`Conclude`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
