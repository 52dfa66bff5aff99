import { t } from '@lingui/core/macro';
import { Button, Group, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { agreements, sentenceOf } from '~/api';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Agreement, AgreementVersion } from '~/api/types';
import { Empty, Face, PagedRows, Row, Tag, toast } from '~/kit';
import { whenOf } from '~/kit/time';
import { historyQuery, useAgreementMutation } from './api';
import { fieldWord, valueWords } from './words';

/** How the agreement came to be: who changed what, and why; an older one can be brought back. */
export function History({ agreement }: { agreement: Agreement }) {
  const found = useInfiniteQuery(historyQuery(agreement.team.id));
  return (
    <PagedRows
      of={found}
      label={t`Versions`}
      older={t`Show older versions`}
      empty={<Empty title={t`Nothing has changed yet.`} />}
    >
      {(version) => <One version={version} agreement={agreement} />}
    </PagedRows>
  );
}

function One({ version: v, agreement }: { version: AgreementVersion; agreement: Agreement }) {
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  const [restoring, setRestoring] = useState(false);
  const current = v.version === agreement.version;
  return (
    <Row
      face={<Face name={v.author.name} />}
      title={<span dir="auto">{v.reason}</span>}
      tag={current ? <Tag hue="green">{t`holds`}</Tag> : undefined}
      sub={
        <>
          {t`Version ${v.version}`} · <bdi>{v.author.name}</bdi> · {whenOf(v.at, now, zone)}
          {v.restored > 0 && ` · ${t`brought back version ${v.restored}`}`}
        </>
      }
      end={
        !current &&
        agreement.may.change && (
          <Button variant="default" size="compact-xs" onClick={() => setRestoring(!restoring)}>
            {t`Bring back`}
            <span className="hidden-words"> {t`version ${v.version}`}</span>
          </Button>
        )
      }
      below={
        <>
          <Changes version={v} />
          {restoring && <Restore version={v} agreement={agreement} onClose={() => setRestoring(false)} />}
        </>
      }
    />
  );
}

function Changes({ version }: { version: AgreementVersion }) {
  if (version.changes.length + version.prose.length === 0) return null;
  return (
    <details className="agreed-changes">
      <summary>{t`What changed`}</summary>
      <ul>
        {version.changes.map((c) => (
          <li key={c.field}>
            {fieldWord(c.field)}: <del>{valueWords(c.field, c.was)}</del>{' '}
            <ins>{valueWords(c.field, c.is)}</ins>
          </li>
        ))}
      </ul>
      {version.prose.length > 0 && (
        <pre className="agreed-diff" dir="auto">
          {version.prose.map((l, i) => (
            <span key={i} data-op={l.op}>
              {`${l.op} ${l.text}\n`}
            </span>
          ))}
        </pre>
      )}
    </details>
  );
}

function Restore({
  version,
  agreement,
  onClose,
}: {
  version: AgreementVersion;
  agreement: Agreement;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const team = agreement.team.id;
  const restore = useAgreementMutation(team, () =>
    agreements.restore(team, version.version, agreement.version, reason.trim()),
  );
  return (
    <form
      className="agreed-restore"
      onSubmit={(event) => {
        event.preventDefault();
        restore.mutate(undefined, {
          onSuccess: () => {
            toast(t`Version ${version.version} holds again.`);
            onClose();
          },
        });
      }}
    >
      <TextInput
        label={t`Why it comes back`}
        required
        maxLength={500}
        value={reason}
        error={restore.error ? sentenceOf(restore.error) : undefined}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
      <Group gap="xs">
        <Button type="submit" size="xs" loading={restore.isPending} disabled={!reason.trim()}>
          {t`Bring back version ${version.version}`}
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          {t`Cancel`}
        </Button>
      </Group>
    </form>
  );
}
