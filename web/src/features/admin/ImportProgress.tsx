import { t } from '@lingui/core/macro';
import { Button, Progress } from '@mantine/core';
import type { Import } from '~/api/types';
import { toast } from '~/kit';
import { useCancelImport } from './api';
import { percentOf, phaseWord } from './words';

/** An import or dry run under way: how far it is, and a way to stop it. */
export function ImportProgress({ one }: { one: Import }) {
  const cancel = useCancelImport();
  const percent = percentOf(one);
  const label = one.dry_run ? t`Checking ${one.file}` : t`Bringing in ${one.file}`;
  return (
    <section className="import-box" aria-labelledby="import-way">
      <h2 id="import-way">{label}</h2>
      <p className="import-line">
        <strong>{percent === null ? t`Beginning` : `${percent} %`}</strong>{' '}
        <span className="due-note">{phaseWord(one.phase)}</span>
      </p>
      <Progress
        value={percent ?? 100}
        animated={percent === null}
        striped={percent === null}
        size="md"
        aria-label={label}
      />
      <p className="admin-words">
        {one.dry_run
          ? t`Nothing is written by this. You may leave the page; it goes on.`
          : t`You may leave the page; it goes on. Nobody is notified about what comes in.`}
      </p>
      <div>
        <Button
          variant="default"
          size="xs"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(one.id, { onSuccess: () => toast(t`Cancelled.`) })}
        >
          {one.dry_run ? t`Stop checking` : t`Stop the import`}
        </Button>
      </div>
    </section>
  );
}
