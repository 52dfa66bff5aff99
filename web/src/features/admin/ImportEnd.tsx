import { t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { keys } from '~/api/queries';
import type { Import } from '~/api/types';
import { Wrong } from '~/kit';
import { importsQuery } from './api';
import { ReportTable } from './ReportTable';

type Props = {
  one: Import;
  upload?: string;
  busy: boolean;
  onBegin: (upload: string, dry: boolean) => void;
  onAgain: () => void;
};

/** How an import ended: the report with what to do next, or why it did not work. */
export function ImportEnd({ one, upload, busy, onBegin, onAgain }: Props) {
  const cache = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each import that has ended
  useEffect(() => {
    void cache.invalidateQueries({ queryKey: importsQuery.queryKey });
    if (one.dry_run) return;
    for (const key of [keys.spaces, keys.threads, keys.people])
      void cache.invalidateQueries({ queryKey: key });
  }, [cache, one.id, one.dry_run]);
  const other = (
    <Button variant="default" onClick={onAgain}>
      {t`Choose another file`}
    </Button>
  );
  // The server forgets the file of an import that ended; a dry run and a cancelled one keep it.
  const go = upload && (
    <Button loading={busy} onClick={() => onBegin(upload, false)}>
      {t`Import now`}
    </Button>
  );
  if (one.state === 'failed')
    return (
      <Box title={t`This file cannot be imported`}>
        <Wrong says={one.problem} />
        <Group gap="xs">{other}</Group>
      </Box>
    );
  if (one.state === 'cancelled')
    return (
      <Box title={t`It was stopped`}>
        <p className="admin-words">
          {one.dry_run
            ? t`Nothing was written.`
            : t`What came in before stays. Started again, it goes on from there and brings nothing in twice.`}
        </p>
        <Group gap="xs">
          {go}
          {other}
        </Group>
      </Box>
    );
  return (
    <Box title={one.dry_run ? t`Checked: ${one.file}` : t`Imported: ${one.file}`}>
      <p className="admin-words" role="status">
        {one.dry_run
          ? t`Nothing was written yet. This is what the import would do.`
          : t`Everything below is here now and can be found by searching.`}
      </p>
      <Group gap="xs">
        {one.dry_run ? (go ?? <p className="admin-words">{t`Choose the file again to import it.`}</p>) : null}
        {!one.dry_run && (
          <Button component={Link} to="/spaces">
            {t`See the spaces`}
          </Button>
        )}
        {other}
      </Group>
      {one.report && <ReportTable report={one.report} />}
    </Box>
  );
}

function Box({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="import-box" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
