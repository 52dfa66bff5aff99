import './checkins.css';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import { checkins } from '~/api';
import { spacesQuery, useMe } from '~/api/queries';
import type { Space } from '~/api/types';
import { useDraft } from '~/core/compose/draft';
import { Empty, Failed, Loading, Page, toast } from '~/kit';
import { templatesQuery, useCheckinAct } from './api';
import { CheckinForm } from './CheckinForm';
import { emptyForm, type Form, fieldsOf, fromTemplate } from './form';
import { rhythmWords } from './words';

const route = getRouteApi('/shell/checkins/new');

/** Begins a check-in. What is typed is kept until it is begun. */
export function NewCheckinPage() {
  const found = useQuery(spacesQuery);
  const guest = useMe().person.role === 'guest';
  const mine = (found.data ?? []).filter((s) => s.may.post && !s.archived);
  return (
    <Page
      title={t`New check-in`}
      lead={t`The same few questions, asked of each person in their own day. It gets a thread of its own.`}
    >
      {found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading rows={5} />
      ) : guest || mine.length === 0 ? (
        <Empty title={t`There is no space in which you may begin a check-in.`} />
      ) : (
        <New spaces={mine} />
      )}
    </Page>
  );
}

function New({ spaces }: { spaces: Space[] }) {
  const navigate = useNavigate();
  const given = route.useSearch().space;
  const draft = useDraft<Form>('new check-in', emptyForm());
  const set = (part: Partial<Form>) => draft.set((old) => ({ ...old, ...part }));
  const space = spaces.find((s) => s.id === (draft.value.space || given)) ?? spaces[0];
  const form = { ...draft.value, space: space?.id ?? '' };
  const make = useCheckinAct(
    () =>
      checkins.make({ ...fieldsOf(form), space: form.space, template: form.template || undefined }, form.key),
    true,
  );
  if (!draft.ready) return <Loading rows={5} />;
  return (
    <>
      <Templates form={form} set={set} />
      <CheckinForm
        form={form}
        set={set}
        spaces={spaces}
        doIt={t`Begin`}
        busy={make.isPending}
        error={make.error}
        onSave={() =>
          make.mutate(undefined, {
            onSuccess: (c) => {
              draft.clear();
              toast(t`It has begun. Everybody is asked in their own day.`);
              void navigate({ to: '/checkins/$checkin', params: { checkin: c.id } });
            },
          })
        }
      />
    </>
  );
}

/** What to begin with. */
function Templates({ form, set }: { form: Form; set: (part: Partial<Form>) => void }) {
  const list = useQuery(templatesQuery).data ?? [];
  const name = useId();
  const was = list.find((x) => x.key === form.template);
  return (
    <fieldset className="chk-templates">
      <legend>{t`Begin with`}</legend>
      {[...list, null].map((one) => (
        <label key={one?.key ?? ''} className="chk-template">
          <input
            type="radio"
            name={name}
            checked={form.template === (one?.key ?? '')}
            onChange={() => set(fromTemplate(form, one, was))}
          />
          <b>{one ? one.name : t`Questions of your own`}</b>
          <span className="due-note">{one ? one.purpose : t`An empty page.`}</span>
          {one && <span className="due-note chk-template-when">{rhythmWords(one.rhythm)}</span>}
        </label>
      ))}
    </fieldset>
  );
}
