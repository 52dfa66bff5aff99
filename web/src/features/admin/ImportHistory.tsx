import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Import } from '~/api/types';
import { Empty, Faces, Row, Rows, Section, Tag, When } from '~/kit';
import { flat, importsQuery } from './api';
import { ReportTable } from './ReportTable';
import { newWords } from './report';
import { stateTag } from './words';

/** Every dry run and import so far; a finished one opens its report. */
export function ImportHistory() {
  const history = useInfiniteQuery(importsQuery);
  return (
    <Section title={t`Imports so far`}>
      <Faces
        of={history}
        isEmpty={(data) => flat(data).length === 0}
        empty={<Empty title={t`Nothing was imported yet.`} />}
      >
        {(data) => (
          <div className="import-history">
            <Rows label={t`Imports`}>
              {flat(data).map((one) => (
                <li key={one.id}>
                  <OneRow one={one} />
                </li>
              ))}
            </Rows>
            {history.hasNextPage && (
              <p>
                <Button
                  variant="default"
                  size="xs"
                  loading={history.isFetchingNextPage}
                  onClick={() => void history.fetchNextPage()}
                >
                  {t`Show earlier ones`}
                </Button>
              </p>
            )}
          </div>
        )}
      </Faces>
    </Section>
  );
}

function OneRow({ one }: { one: Import }) {
  const [open, setOpen] = useState(false);
  const tag = stateTag(one);
  const name = <bdi>{one.file}</bdi>;
  const r = one.report;
  return (
    <Row
      face={<IconFileZip size={20} aria-hidden />}
      title={
        r ? (
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {name}
          </button>
        ) : (
          name
        )
      }
      tag={<Tag hue={tag.hue}>{tag.word}</Tag>}
      sub={one.problem || (r && newWords(r))}
      end={
        <span className="due-note">
          <When at={one.started_at} />
        </span>
      }
      below={open && r && <ReportTable report={r} />}
    />
  );
}
