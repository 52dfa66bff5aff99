import './checkins.css';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { ApiProblem, checkins } from '~/api';
import type { Checkin } from '~/api/checkins';
import { useDraft } from '~/core/compose/draft';
import { Empty, Failed, Loading, Page, toast } from '~/kit';
import { checkinQuery, useCheckinAct } from './api';
import { CheckinForm } from './CheckinForm';
import { type Form, fieldsOf, formOf } from './form';

const route = getRouteApi('/shell/checkins/$checkin/edit');

/** Changes a check-in, from everybody's next time on. */
export function EditCheckinPage() {
  const { checkin: id } = route.useParams();
  const found = useQuery(checkinQuery(id));
  const c = found.data;
  const missing = found.error instanceof ApiProblem && found.error.status === 404;
  return (
    <Page
      title={c ? t`Change ${c.name}` : t`Change a check-in`}
      lead={t`What is asked already stays as it was asked; the change holds from everybody’s next time on.`}
    >
      {c?.may.change ? (
        <Edit key={c.version} c={c} />
      ) : c || missing ? (
        <Empty title={c ? t`You may not change this check-in.` : t`There is no such check-in for you.`}>
          <Link to="/checkins">{t`See the check-ins`}</Link>
        </Empty>
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={6} />
      )}
    </Page>
  );
}

function Edit({ c }: { c: Checkin }) {
  const navigate = useNavigate();
  const draft = useDraft<Form>(`check-in ${c.id} ${c.version}`, formOf(c));
  const form = draft.value;
  const save = useCheckinAct(() => checkins.change(c.id, { ...fieldsOf(form), version: c.version }), true);
  const leave = () => {
    draft.clear();
    void navigate({ to: '/checkins/$checkin', params: { checkin: c.id } });
  };
  if (!draft.ready) return <Loading rows={6} />;
  return (
    <CheckinForm
      form={form}
      set={(part) => draft.set((old) => ({ ...old, ...part }))}
      doIt={t`Save`}
      busy={save.isPending}
      error={save.error}
      onLeave={leave}
      onSave={() =>
        save.mutate(undefined, {
          onSuccess: () => {
            toast(t`Saved. It holds from everybody’s next time on.`);
            leave();
          },
        })
      }
    />
  );
}
