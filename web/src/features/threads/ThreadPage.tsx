import './threads.css';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouterState } from '@tanstack/react-router';
import { ApiProblem } from '~/api';
import { Empty, Failed, Loading, useTitle } from '~/kit';
import { threadQuery } from './api';
import { Conclusion } from './Conclusion';
import { ThreadBody, useStart } from './ThreadBody';
import { ThreadHead } from './ThreadHead';

const route = getRouteApi('/shell/threads/$thread');

/** One conversation: what it is for, what came out of it, and what people wrote. */
export function ThreadPage() {
  const { thread: id } = route.useParams();
  const { post, reply } = route.useSearch();
  const hash = useRouterState({ select: (s) => s.location.hash });
  const target = hash.startsWith('post_') ? hash : (post ?? null);
  const found = useQuery(threadQuery(id));
  // Asked for beside the thread, so that neither waits for the other.
  const start = useStart(id, target);
  const thread = found.data;
  useTitle(thread?.title ?? t`Thread`);
  if (!thread) {
    const missing = found.error instanceof ApiProblem && found.error.status === 404;
    return (
      <section className="page">
        {missing ? (
          <Empty title={t`There is no such thread for you.`}>
            {t`It may have moved to a space that you do not read.`}
          </Empty>
        ) : found.error ? (
          <Failed error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading rows={5} height={110} />
        )}
      </section>
    );
  }
  return (
    <section className="page thread" aria-labelledby="page-title">
      <ThreadHead thread={thread} />
      <Conclusion thread={thread} />
      <ThreadBody key={id} thread={thread} start={start} target={target} reply={reply === '1'} />
    </section>
  );
}
