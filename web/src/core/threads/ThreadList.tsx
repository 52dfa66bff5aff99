import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Thread } from '~/api/types';
import { Faces, LongRows, Older, Section } from '~/kit';
import { type ThreadsAsked, threadsQuery } from './queries';
import { ThreadRow } from './ThreadRow';

/** A list of threads with its four faces; what is pinned comes first. */
export function ThreadList({
  asked,
  empty,
  inSpace,
}: {
  asked: ThreadsAsked;
  empty: ReactNode;
  inSpace?: boolean;
}) {
  const found = useInfiniteQuery(threadsQuery(asked));
  return (
    <Faces of={found} isEmpty={(d) => d.pages.every((p) => p.items.length === 0)} empty={empty} rows={6}>
      {(data) => {
        const all = data.pages.flatMap((p) => p.items);
        const pinned = all.filter((x) => x.pinned);
        const rest = all.filter((x) => !x.pinned);
        return (
          <>
            {pinned.length > 0 && (
              <Section title={t`Pinned`}>
                <List label={t`Pinned threads`} threads={pinned} inSpace={inSpace} />
              </Section>
            )}
            {rest.length > 0 && <List label={t`Threads`} threads={rest} inSpace={inSpace} />}
            <Older of={found} words={t`Show older threads`} />
          </>
        );
      }}
    </Faces>
  );
}

function List({ label, threads, inSpace }: { label: string; threads: Thread[]; inSpace?: boolean }) {
  return (
    <LongRows items={threads} label={label} keyOf={(x) => x.id}>
      {(x) => <ThreadRow thread={x} inSpace={inSpace} />}
    </LongRows>
  );
}
