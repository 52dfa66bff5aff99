import { t } from '@lingui/core/macro';
import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { UrgentPage } from '~/api/urgent';
import { toast, Wrong } from '~/kit';
import { usePageAct } from './api';

/** What the reader may do about a page: see to it, end it. */
export function PageActions({ page, size = 'xs' }: { page: UrgentPage; size?: 'xs' | 'sm' }) {
  const act = usePageAct(page.id);
  const [ending, setEnding] = useState(false);
  const [note, setNote] = useState('');
  if (!page.may.acknowledge && !page.may.resolve) return null;
  const resolve = () =>
    act.mutate({ do: 'resolve', note: note.trim() }, { onSuccess: () => toast(t`Resolved.`) });
  return (
    <div className="page-acts">
      <Group gap="xs">
        {page.may.acknowledge && (
          <Button
            size={size}
            loading={act.isPending && act.variables.do === 'acknowledge'}
            onClick={() =>
              act.mutate(
                { do: 'acknowledge' },
                { onSuccess: () => toast(t`Acknowledged. Nobody else is paged.`) },
              )
            }
          >
            {t`Acknowledge`}
          </Button>
        )}
        {page.may.resolve && !ending && (
          <Button size={size} variant="default" onClick={() => setEnding(true)}>
            {t`Resolve…`}
          </Button>
        )}
      </Group>
      {ending && (
        <form
          className="page-acts-form"
          onSubmit={(e) => {
            e.preventDefault();
            resolve();
          }}
        >
          <TextInput
            size="xs"
            label={t`What was done`}
            placeholder={t`In a line; it answers the ask`}
            maxLength={2000}
            data-autofocus
            value={note}
            onChange={(e) => setNote(e.currentTarget.value)}
          />
          <Button size="xs" type="submit" loading={act.isPending}>
            {t`Resolve`}
          </Button>
          <Button size="xs" variant="subtle" color="gray" onClick={() => setEnding(false)}>
            {t`Not yet`}
          </Button>
        </form>
      )}
      <Wrong error={act.error} />
    </div>
  );
}

/** Asks whoever was paged whether it was rightly urgent. The answer is shown without a name. */
export function Verdict({ page }: { page: UrgentPage }) {
  const act = usePageAct(page.id);
  const [note, setNote] = useState('');
  if (!page.may.judge || page.mine !== '') return null;
  const say = (rightly: boolean) =>
    act.mutate(
      { do: 'judge', rightly, note: note.trim() },
      { onSuccess: () => toast(t`Thank you. It helps to keep urgent rare.`) },
    );
  return (
    <div className="page-acts">
      <p className="page-acts-ask">{t`Was it right to page you for this?`}</p>
      <div className="page-acts-form">
        <TextInput
          size="xs"
          label={t`Why, if you like`}
          maxLength={2000}
          value={note}
          onChange={(e) => setNote(e.currentTarget.value)}
        />
        <Button size="xs" variant="default" loading={act.isPending} onClick={() => say(true)}>
          {t`Yes, it was urgent`}
        </Button>
        <Button size="xs" variant="default" loading={act.isPending} onClick={() => say(false)}>
          {t`It could have waited`}
        </Button>
      </div>
      <Wrong error={act.error} />
    </div>
  );
}
