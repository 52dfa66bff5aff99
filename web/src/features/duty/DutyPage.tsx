import './duty.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem, duty } from '~/api';
import { teamsQuery } from '~/api/queries';
import type { Rota, Shift } from '~/api/urgent';
import { Empty, Failed, Loading, Page, Section, Sure, toast } from '~/kit';
import { rotaQuery, useDuty } from './api';
import { CoverForm } from './CoverForm';
import { Handovers } from './Handovers';
import { Ring } from './Ring';
import { RotaEditor } from './RotaEditor';
import { Covers, Shifts } from './Shifts';
import { Swaps } from './Swaps';
import { useSpanWords } from './words';

const route = getRouteApi('/shell/teams/$team/duty');

/** Who is on duty for a team, now and later, and what can be done about it. */
export function DutyPage() {
  const { team: id } = route.useParams();
  const found = useQuery(rotaQuery(id));
  const team = useQuery(teamsQuery).data?.find((x) => x.id === id);
  const [editing, setEditing] = useState(false);
  if (found.data) return <OneRota rota={found.data} />;
  const none = found.error instanceof ApiProblem && found.error.code === 'no_rota';
  const missing = found.error instanceof ApiProblem && found.error.status === 404 && !none;
  return (
    <Page title={team ? t`Duty of ${team.name}` : t`Duty`}>
      {none ? (
        <Empty title={t`This team has no duty rota yet.`}>
          <p>{t`A rota says who is on duty and when it changes: by the week, or around the world by the day. Urgent asks go to whoever is on duty first, so that everybody else can turn the rest off.`}</p>
          {team?.may.change && <Button onClick={() => setEditing(true)}>{t`Make a rota`}</Button>}
        </Empty>
      ) : missing ? (
        <Empty title={t`There is no such team for you.`}>
          <Link to="/people" search={{ tab: 'teams' }}>{t`See the teams`}</Link>
        </Empty>
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={6} />
      )}
      {editing && <RotaEditor team={id} rota={null} onClose={() => setEditing(false)} />}
    </Page>
  );
}

function OneRota({ rota }: { rota: Rota }) {
  const [open, setOpen] = useState<'edit' | 'end' | null>(null);
  const [span, setSpan] = useState<{ do: 'cover' | 'swap'; shift: Shift } | null>(null);
  const end = useDuty(() => duty.end(rota.team.id));
  return (
    <Page
      title={t`Duty of ${rota.team.name}`}
      lead={<Lead rota={rota} />}
      actions={
        rota.may.change && (
          <>
            <Button variant="default" size="xs" onClick={() => setOpen('end')}>
              {t`End the rota`}
            </Button>
            <Button size="xs" onClick={() => setOpen('edit')}>
              {t`Change the rota`}
            </Button>
          </>
        )
      }
    >
      <Warnings rota={rota} />
      <div className="duty-top">
        <Ring rota={rota} />
        <div>
          <Swaps rota={rota} />
          <Handovers rota={rota} />
          <Covers rota={rota} />
        </div>
      </div>
      <Section title={t`The next two weeks`}>
        <Shifts
          rota={rota}
          onCover={(shift) => setSpan({ do: 'cover', shift })}
          onSwap={(shift) => setSpan({ do: 'swap', shift })}
        />
      </Section>
      {open === 'edit' && <RotaEditor team={rota.team.id} rota={rota} onClose={() => setOpen(null)} />}
      {span && <CoverForm rota={rota} doing={span.do} shift={span.shift} onClose={() => setSpan(null)} />}
      {open === 'end' && (
        <Sure
          title={t`End the rota of ${rota.team.name}?`}
          doIt={t`End the rota`}
          busy={end.isPending}
          onClose={() => setOpen(null)}
          onDo={() => end.mutate(undefined, { onSuccess: () => toast(t`The rota is gone.`) })}
        >
          {t`Its covers, swaps and handover notes go with it. Urgent asks then go to the next step of their path.`}
        </Sure>
      )}
    </Page>
  );
}

function Lead({ rota }: { rota: Rota }) {
  const { when } = useSpanWords();
  if (!rota.now) {
    return rota.next
      ? t`Nobody is on duty now. ${rota.next.person.name} comes ${when(rota.next.from)}.`
      : t`Nobody is on duty, now or in the weeks to come.`;
  }
  const now = t`${rota.now.person.name} is on duty until ${when(rota.now.to)}.`;
  return rota.next ? `${now} ${t`Then ${rota.next.person.name}.`}` : now;
}

function Warnings({ rota }: { rota: Rota }) {
  const { span } = useSpanWords();
  const first = rota.missing[0];
  const more = rota.missing.length - 1;
  return (
    <>
      {first && (
        <p className="duty-warn">
          {t`Nobody is on duty ${span(first.from, first.to)}.`}{' '}
          {more > 0 && t`And ${more} more times in these weeks.`}
        </p>
      )}
      {rota.silent.length > 0 && (
        <p className="duty-warn">
          {t`On duty outside their hours without having agreed to be paged then: ${rota.silent.map((p) => p.name).join(', ')}. They will not be rung; the page goes on to the next step.`}{' '}
          <Link to="/settings">{t`Each can agree in their own settings`}</Link>
        </p>
      )}
    </>
  );
}
