import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { posts } from '~/api';
import type { Post } from '~/api/types';
import { MarkdownField, useDraft } from '~/core/compose';
import { Key, mod, toast, Wrong } from '~/kit';
import { putPost, refreshThread } from './api';

/** Changes what a post says. What it said before is kept and can be read by everybody. */
export function EditPost({ post, onDone }: { post: Post; onDone: () => void }) {
  const cache = useQueryClient();
  const draft = useDraft(`edit ${post.id} ${post.revisions}`, post.markdown);
  const save = useMutation({
    mutationFn: () => posts.edit(post.id, draft.value.trim()),
    meta: { quiet: true },
    onSuccess: (fresh) => {
      draft.clear();
      putPost(cache, post.thread, post.id, () => fresh);
      refreshThread(cache, post.thread);
      toast(t`Saved. What it said before is kept.`);
      onDone();
    },
  });
  const changed = draft.value.trim() !== '' && draft.value.trim() !== post.markdown.trim();
  const submit = () => changed && !save.isPending && save.mutate();
  return (
    <form
      className="composer"
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
      onKeyDown={(e) => {
        if (e.key === 'Escape' && !e.defaultPrevented) onDone();
      }}
    >
      <MarkdownField
        label={t`Your post`}
        value={draft.value}
        onChange={draft.set}
        onSubmit={submit}
        autoFocus
      />
      <Wrong error={save.error}>{t`Your text is kept here.`}</Wrong>
      <div className="composer-foot">
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          onClick={() => {
            draft.clear();
            onDone();
          }}
        >
          {t`Leave it as it was`}
        </Button>
        <span className="due-note keys-hint">
          <Key>{mod()}</Key>
          <Key>Enter</Key>
        </span>
        <Button type="submit" size="xs" loading={save.isPending} disabled={!changed}>
          {t`Save`}
        </Button>
      </div>
    </form>
  );
}
