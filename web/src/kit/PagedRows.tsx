import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Faces } from './Faces';
import { KeyLine } from './keys';
import { LongRows } from './Long';
import { useRowKeys } from './useRowKeys';

type Paged<T> = {
  data: { pages: { items: T[] }[] } | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
};

/** A list that comes page by page, newest first: its four faces, a way to older ones, and its keys. */
export function PagedRows<T extends { id: string }>({
  of,
  label,
  older,
  empty,
  rows,
  children,
}: {
  of: Paged<T>;
  label: string;
  older: string;
  empty: ReactNode;
  rows?: number;
  children: (item: T) => ReactNode;
}) {
  useRowKeys();
  return (
    <Faces of={of} isEmpty={(d) => d.pages.every((p) => p.items.length === 0)} empty={empty} rows={rows}>
      {(data) => (
        <>
          <LongRows items={data.pages.flatMap((p) => p.items)} label={label} keyOf={(x) => x.id}>
            {children}
          </LongRows>
          <Older of={of} words={older} />
          <KeyLine
            keys={[
              [['j', 'k'], t`move`],
              [['Enter'], t`open`],
              [['?'], t`all keys`],
            ]}
          />
        </>
      )}
    </Faces>
  );
}

/** The way to the next page of a list, while there is one. */
export function Older({
  of,
  words,
}: {
  of: Pick<Paged<unknown>, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
  words: string;
}) {
  if (!of.hasNextPage) return null;
  return (
    <p className="older">
      <Button
        variant="default"
        size="xs"
        loading={of.isFetchingNextPage}
        onClick={() => void of.fetchNextPage()}
      >
        {words}
      </Button>
    </p>
  );
}
