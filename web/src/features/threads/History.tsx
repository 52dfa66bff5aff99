import { t } from '@lingui/core/macro';
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Post } from '~/api/types';
import { Empty, Faces, MarkdownView, Name, When } from '~/kit';
import { revisionsQuery } from './api';

/** What a post said before, newest first. */
export function History({ post, onClose }: { post: Post; onClose: () => void }) {
  const found = useQuery(revisionsQuery(post.id, post.revisions));
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t`What this post said before`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Faces of={found} isEmpty={(d) => d.length === 0} empty={<Empty title={t`It was never changed.`} />}>
        {(list) => (
          <ol className="revisions">
            {list.map((r) => (
              <li key={r.at}>
                <p className="due-note">
                  <Name person={r.by} /> · <When at={r.at} />
                </p>
                <MarkdownView html={r.html} />
              </li>
            ))}
          </ol>
        )}
      </Faces>
    </Modal>
  );
}
