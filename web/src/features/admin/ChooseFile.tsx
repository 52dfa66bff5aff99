import { t } from '@lingui/core/macro';
import { Button, FileButton, Group, Progress } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { sizeOf, type useUploads } from '~/core/compose/uploads';
import { Wrong } from '~/kit';

type Props = { uploads: ReturnType<typeof useUploads>; starting: boolean };

/** Chooses the export and sends it, with how far it has come. */
export function ChooseFile({ uploads, starting }: Props) {
  const file = uploads.list[0];
  return (
    <section className="import-box" aria-labelledby="import-choose">
      <h2 id="import-choose">{t`Choose a Slack export`}</h2>
      <p className="admin-words">
        {t`Slack gives workspace owners the export as a .zip file. First it is only checked: you see what would come in, what is left out and what is missing, and nothing is written. You then decide.`}
      </p>
      {file ? (
        <Sending file={file} onCancel={() => uploads.remove(file.key)} />
      ) : (
        <div>
          <FileButton
            accept=".zip,application/zip"
            inputProps={{ 'aria-label': t`Slack export` }}
            onChange={(chosen) => chosen && uploads.add([chosen])}
          >
            {(props) => (
              <Button {...props} loading={starting} leftSection={<IconFileZip size={16} />}>
                {t`Choose the .zip file`}
              </Button>
            )}
          </FileButton>
        </div>
      )}
    </section>
  );
}

function Sending({ file, onCancel }: { file: Props['uploads']['list'][number]; onCancel: () => void }) {
  const percent = file.size ? Math.floor((100 * file.sent) / file.size) : 0;
  return (
    <>
      <p className="import-line">
        <strong>
          <bdi>{file.name}</bdi>
        </strong>{' '}
        <span className="due-note">
          {file.paused
            ? t`paused at ${percent} %`
            : t`${sizeOf(file.sent)} of ${sizeOf(file.size)} sent, ${percent} %`}
        </span>
      </p>
      <Progress value={percent} size="md" aria-label={t`Sending ${file.name}`} />
      {file.problem ? (
        <Wrong says={file.problem} />
      ) : (
        <p className="admin-words">
          {t`Keep this page open. If the line breaks, choose the same file again: it goes on where it stopped.`}
        </p>
      )}
      <Group gap="xs">
        {file.flip && (
          <Button variant="default" size="xs" onClick={file.flip}>
            {file.problem ? t`Try again` : file.paused ? t`Go on` : t`Pause`}
          </Button>
        )}
        <Button variant="default" size="xs" onClick={onCancel}>
          {t`Cancel`}
        </Button>
      </Group>
    </>
  );
}
