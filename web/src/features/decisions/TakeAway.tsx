import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { base, toSearch } from '~/api/client';
import type { DecisionFilter } from '~/api/decisions';
import { Loading, Menu } from '~/kit';

const Feed = lazy(() => import('./Feed').then((m) => ({ default: m.Feed })));

/** The register elsewhere: as a file, on paper, and as a feed. */
export function TakeAway({ filter }: { filter: DecisionFilter }) {
  const [open, setOpen] = useState(false);
  const file = (format: string) => `${base}/decisions/export${toSearch({ ...filter, format })}`;
  return (
    <Menu
      form
      opened={open}
      onOpened={setOpen}
      label={t`Take the register along`}
      target={
        <Button variant="subtle" color="gray" size="compact-xs" className="no-print">
          {t`Export and feed`}
        </Button>
      }
    >
      <div className="dec-away">
        <p className="menu-label">{t`What is filtered here, as a file`}</p>
        <div className="dec-buttons">
          <Button component="a" href={file('csv')} download variant="default" size="compact-sm">
            {t`CSV`}
          </Button>
          <Button component="a" href={file('json')} download variant="default" size="compact-sm">
            {t`JSON`}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => {
              setOpen(false);
              setTimeout(() => window.print());
            }}
          >
            {t`Print`}
          </Button>
        </div>
        <hr />
        <Suspense fallback={<Loading rows={1} />}>
          <Feed />
        </Suspense>
      </div>
    </Menu>
  );
}
