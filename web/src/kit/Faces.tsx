import { t } from '@lingui/core/macro';
import { Button, Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { sentenceOf } from '~/api';

/** Rows to come, of the same height, so that nothing jumps when they arrive. */
export function Loading({ rows = 4, height = 62 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label={t`Loading`}>
      <Stack gap={1}>
        {Array.from({ length: rows }, (_, i) => (
          <Skeleton key={i} height={height} radius="sm" animate={false} opacity={0.5} />
        ))}
      </Stack>
    </div>
  );
}

/** What went wrong, and a way to try again. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div className="face-box" role="alert">
      <p className="face-title">{sentenceOf(error)}</p>
      {retry && (
        <Button variant="default" size="xs" onClick={retry}>
          {t`Try again`}
        </Button>
      )}
    </div>
  );
}

/** Nothing here, said kindly, with what one could do. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="face-box">
      <p className="face-title">{title}</p>
      {children && <div className="face-text">{children}</div>}
    </div>
  );
}

type Asked<T> = { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };

/** A list's four faces in one place: loading, failed, empty, full. */
export function Faces<T>({
  of,
  empty,
  isEmpty,
  rows,
  children,
}: {
  of: Asked<T>;
  empty: ReactNode;
  isEmpty: (data: T) => boolean;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (of.data !== undefined) return isEmpty(of.data) ? empty : children(of.data);
  if (of.error) return <Failed error={of.error} retry={() => void of.refetch()} />;
  return <Loading rows={rows} />;
}
