import { t } from '@lingui/core/macro';
import { Button, Textarea } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { threads } from '~/api';
import { keys } from '~/api/queries';
import type { Thread } from '~/api/types';
import { MarkdownView, Name, toast, When } from '~/kit';
import { refreshThread } from './api';

/** What came out of a concluded thread, before everything else; whoever may can reopen it. */
export function Conclusion({ thread }: { thread: Thread }) {
  const [reopening, setReopening] = useState(false);
  const end = thread.conclusion;
  if (!end) return null;
  return (
    <section className="conclusion" aria-labelledby="conclusion-title">
      <header className="conclusion-head">
        <IconCircleCheck size={18} aria-hidden />
        <h2 id="conclusion-title">{t`Conclusion`}</h2>
        <span className="due-note">
          <Name person={end.by} /> · <When at={end.at} />
        </span>
        {thread.may.reopen && !reopening && (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setReopening(true)}>
            {t`Reopen…`}
          </Button>
        )}
      </header>
      <MarkdownView html={end.html} />
      {reopening && <Reopen thread={thread} onDone={() => setReopening(false)} />}
    </section>
  );
}

function Reopen({ thread, onDone }: { thread: Thread; onDone: () => void }) {
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const reopen = useMutation({
    mutationFn: () => threads.reopen(thread.id, reason.trim()),
    onSuccess: (fresh) => {
      cache.setQueryData(keys.thread(thread.id), fresh);
      refreshThread(cache, thread.id);
      toast(t`Open again.`);
      onDone();
    },
  });
  return (
    <form
      className="reopen"
      onSubmit={(e) => {
        e.preventDefault();
        if (reason.trim()) reopen.mutate();
      }}
    >
      <Textarea
        label={t`Why it opens again`}
        description={t`Everybody who reads the thread sees this.`}
        autoFocus
        autosize
        minRows={1}
        maxLength={500}
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
      <div className="composer-foot">
        <Button variant="subtle" color="gray" size="xs" onClick={onDone}>
          {t`Leave it concluded`}
        </Button>
        <Button type="submit" size="xs" loading={reopen.isPending} disabled={!reason.trim()}>
          {t`Reopen`}
        </Button>
      </div>
    </form>
  );
}
