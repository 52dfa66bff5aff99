import { t } from '@lingui/core/macro';
import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { mail } from '~/api';
import { base } from '~/api/client';
import type { Id, MailOriginal, Post } from '~/api/types';
import { sizeOf } from '~/core/compose';
import { Empty, Faces, When } from '~/kit';

/** The whole mail that a post was made of: its head, all of its text, what it enclosed. */
export function Original({ post, onClose }: { post: Post; onClose: () => void }) {
  const found = useQuery({
    queryKey: ['original', post.id],
    queryFn: () => mail.original(post.id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t`The original mail`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Faces of={found} isEmpty={() => false} empty={null} rows={4}>
        {(data) => <Whole data={data} post={post.id} />}
      </Faces>
    </Modal>
  );
}

function Whole({ data, post }: { data: MailOriginal; post: Id }) {
  return (
    <>
      <dl className="original-head">
        {data.headers.map((h) => (
          <div key={h.name}>
            <dt>{headWord(h.name)}</dt>
            <dd>
              <bdi>{h.value}</bdi>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t`Came in`}</dt>
          <dd>
            <When at={data.at} />
          </dd>
        </div>
      </dl>
      {data.text ? (
        <pre className="original-text" dir="auto">
          {data.text}
        </pre>
      ) : (
        <Empty title={t`It had no text.`} />
      )}
      {data.attachments.length > 0 && (
        <section aria-label={t`Attachments`}>
          <ul className="original-files">
            {data.attachments.map((a, i) => (
              <li key={i}>
                <bdi>{a.name}</bdi> <span className="due-note">{sizeOf(a.size)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {data.may.download ? (
        <Button
          component="a"
          href={`${base}/posts/${post}/original/file`}
          download
          variant="default"
          size="xs"
        >{t`Download as .eml`}</Button>
      ) : (
        <p className="due-note">{t`Addresses and links that were made for its writer are left out; they alone can download it.`}</p>
      )}
    </>
  );
}

const headWord = (name: string) =>
  ({
    From: t`From`,
    To: t`To`,
    Cc: t`Copy to`,
    Subject: t`Subject`,
    Date: t`Written`,
  })[name] ?? name;
