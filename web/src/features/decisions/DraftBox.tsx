import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { decisions } from '~/api';
import { useNow } from '~/api/clock';
import type { Decision } from '~/api/decisions';
import { keys, peopleQuery, teamsQuery, useMe } from '~/api/queries';
import { Sure, toast, Wrong } from '~/kit';
import { dateOf, instantOf } from '~/kit/time';
import { useChange } from './api';

/** What its maker can do with a draft that nobody else sees. */
export function DraftBox({ decision: d }: { decision: Decision }) {
  const me = useMe().person;
  const now = useNow(60_000);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [later, setLater] = useState<string | null>(null);
  const [sure, setSure] = useState(false);
  const open = useChange(() =>
    decisions.open(
      d.id,
      later ? new Date(instantOf(later.slice(0, 10), later.slice(11), me.zone)).toISOString() : undefined,
    ),
  );
  const back = useChange(() => decisions.unschedule(d.id));
  const discard = useMutation({
    mutationFn: () => decisions.discard(d.id),
    onSuccess: async () => {
      await navigate({ to: '/decisions' });
      cache.removeQueries({ queryKey: [...keys.decisions, d.id] });
      void cache.invalidateQueries({ queryKey: keys.decisions });
      toast(t`The draft is gone.`);
    },
  });
  return (
    <section className="dec-draft no-print" aria-label={t`Draft`}>
      <p>{t`Only you see this. When it opens, everybody who is entitled is reached in their own hours.`}</p>
      <Who decision={d} />
      {d.state === 'draft' && later !== null && (
        <TextInput
          type="datetime-local"
          label={t`Opens at (your clock)`}
          maw={260}
          min={`${dateOf(now, me.zone)}T00:00`}
          value={later}
          onChange={(e) => setLater(e.currentTarget.value)}
        />
      )}
      <Wrong error={open.error ?? back.error ?? discard.error} />
      <div className="dec-buttons">
        {d.may.open && d.state === 'draft' && (
          <Button
            loading={open.isPending}
            disabled={later === ''}
            onClick={() =>
              open.mutate(undefined, {
                onSuccess: (fresh) => toast(fresh.state === 'open' ? t`It is open.` : t`It opens by itself.`),
              })
            }
          >
            {later === null ? t`Open it now` : t`Let it open then`}
          </Button>
        )}
        {d.state === 'draft' && (
          <Button variant="default" onClick={() => setLater(later === null ? '' : null)}>
            {later === null ? t`Open it later…` : t`Open it now instead`}
          </Button>
        )}
        {d.state === 'scheduled' && (
          <Button variant="default" loading={back.isPending} onClick={() => back.mutate(undefined)}>
            {t`Make it a draft again`}
          </Button>
        )}
        {d.may.change && (
          <Button
            variant="default"
            renderRoot={(props) => <Link {...props} to="/decisions/new" search={{ draft: d.id }} />}
          >
            {t`Change it`}
          </Button>
        )}
        {d.may.discard && (
          <Button variant="subtle" color="gray" onClick={() => setSure(true)}>
            {t`Discard`}
          </Button>
        )}
      </div>
      {sure && (
        <Sure
          title={t`Discard this draft?`}
          doIt={t`Discard it`}
          busy={discard.isPending}
          onDo={() => discard.mutate()}
          onClose={() => setSure(false)}
        >
          {t`It cannot be brought back. Nobody but you has seen it.`}
        </Sure>
      )}
    </section>
  );
}

/** Who will be asked, by name. */
function Who({ decision: d }: { decision: Decision }) {
  const people = useQuery(peopleQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const names = [
    ...teams.filter((x) => d.teams.includes(x.id)).map((x) => x.name),
    ...people.filter((x) => d.people.includes(x.id)).map((x) => x.name),
  ];
  return (
    <p className="due-note">
      {names.length
        ? t`Will be asked: ${names.join(', ')}.`
        : t`Nobody is entitled yet. Change it, and name some people.`}
    </p>
  );
}
