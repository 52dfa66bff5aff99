import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useUploads } from '~/core/compose/uploads';
import { Failed, Loading, Wrong } from '~/kit';
import { flat, importQuery, importsQuery, isOpen, useStartImport } from './api';
import { ChooseFile } from './ChooseFile';
import { ImportEnd } from './ImportEnd';
import { ImportHistory } from './ImportHistory';
import { ImportProgress } from './ImportProgress';
import { useKept } from './kept';

/** Brings a Slack export in: send the file, see what would come in, then import it. */
export function ImportTab() {
  const uploads = useUploads();
  const [kept, keep] = useKept();
  const history = useInfiniteQuery(importsQuery);
  const start = useStartImport();
  // Somebody else may have begun one, or this page was opened again meanwhile.
  const shown = kept.import ?? flat(history.data).find(isOpen)?.id;
  const sent = uploads.list[0]?.id;
  const begin = (upload: string, dry: boolean) =>
    start.mutate({ upload, dry }, { onSuccess: (one) => keep({ import: one.id, upload }) });

  // The dry run follows the upload by itself: nothing is written by it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each file that has arrived
  useEffect(() => {
    if (!sent) return;
    uploads.clear();
    keep({ upload: sent });
    begin(sent, true);
  }, [sent]);

  const again = () => {
    start.reset();
    uploads.clear();
    keep({});
  };
  return (
    <>
      {shown ? (
        <OneImport id={shown} upload={kept.upload} busy={start.isPending} onBegin={begin} onAgain={again} />
      ) : (
        <ChooseFile uploads={uploads} starting={start.isPending} />
      )}
      <Wrong error={start.error} />
      {start.error && !shown && kept.upload && (
        <Button variant="default" size="xs" mb="md" onClick={() => begin(kept.upload ?? '', true)}>
          {t`Check the file again`}
        </Button>
      )}
      <ImportHistory />
    </>
  );
}

type OneProps = {
  id: string;
  upload?: string;
  busy: boolean;
  onBegin: (upload: string, dry: boolean) => void;
  onAgain: () => void;
};

function OneImport({ id, upload, busy, onBegin, onAgain }: OneProps) {
  const one = useQuery(importQuery(id));
  if (one.error && !one.data) return <Failed error={one.error} retry={onAgain} />;
  if (!one.data) return <Loading rows={2} />;
  if (isOpen(one.data)) return <ImportProgress one={one.data} />;
  return <ImportEnd one={one.data} upload={upload} busy={busy} onBegin={onBegin} onAgain={onAgain} />;
}
