import './decisions.css';
import { t } from '@lingui/core/macro';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { decisions } from '~/api';
import { newKey } from '~/api/client';
import type { Decision } from '~/api/decisions';
import { keys, spacesQuery, useMe } from '~/api/queries';
import { MarkdownField, useDraft } from '~/core/compose';
import { PeoplePicker, PersonPicker } from '~/core/people';
import { Empty, Failed, Loading, Page, Section, toast, Wrong } from '~/kit';
import { decisionQuery, kindsQuery } from './api';
import { Ending } from './Ending';
import { KindPicker } from './KindPicker';
import { OptionsEditor } from './OptionsEditor';
import { RulesFields } from './RulesFields';
import { TimeOptions } from './TimeOptions';
import { bodyOf, empty, lacks, type Writing, writingOf } from './writing';

const route = getRouteApi('/shell/decisions/new');

/** Asks a group to decide: what, how, who, and by when, with what comes of it shown meanwhile. */
export function NewDecisionPage() {
  const { draft } = route.useSearch();
  const spaces = useQuery(spacesQuery);
  const old = useQuery({ ...decisionQuery(draft ?? ''), enabled: !!draft });
  const mine = (spaces.data ?? []).filter((s) => s.may.post && !s.archived);
  const error = spaces.error ?? old.error;
  return (
    <Page
      title={draft ? t`Change a draft` : t`New decision`}
      lead={t`Nobody has to be online at the same time. Whom you name is reached in their own hours.`}
    >
      {error ? (
        <Failed error={error} retry={() => void (spaces.error ? spaces : old).refetch()} />
      ) : !spaces.data || (draft && !old.data) ? (
        <Loading rows={5} />
      ) : mine.length === 0 ? (
        <Empty
          title={t`There is no space you may post in yet.`}
        >{t`Make one under Spaces, or ask to be added to one.`}</Empty>
      ) : old.data && !old.data.may.change ? (
        <Empty title={t`This decision has been opened.`}>
          {t`Its question, options and rules hold to the end. Copy it to ask again.`}
        </Empty>
      ) : (
        <Form key={draft ?? 'new'} spaces={mine} old={draft ? (old.data ?? null) : null} />
      )}
    </Page>
  );
}

type FormProps = { spaces: { id: string; name: string }[]; old: Decision | null };

function Form({ spaces, old }: FormProps) {
  const me = useMe().person;
  const given = route.useSearch();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const draft = useDraft<Writing>(
    old ? `decision ${old.id} ${old.version}` : 'new decision',
    old ? writingOf(old, me.zone, newKey()) : empty(newKey()),
  );
  const w = draft.value;
  const set = (part: Partial<Writing>) => draft.set((was) => ({ ...was, ...part }));
  const kinds = useQuery(kindsQuery).data;
  const about = kinds?.find((k) => k.kind === w.kind);
  const space = spaces.find((s) => s.id === w.space) ?? spaces[0];
  const [strict, setStrict] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the draft is known
  useEffect(() => {
    if (draft.ready && given.space && !w.title && !w.context) set({ space: given.space });
  }, [draft.ready]);
  const save = useMutation({
    mutationFn: async (open: boolean) => {
      const body = bodyOf(w, space?.id ?? '', me.zone);
      if (!old) return decisions.make({ ...body, open }, w.key + open);
      const saved = await decisions.change(old.id, { ...body, version: old.version });
      return open ? decisions.open(saved.id) : saved;
    },
    meta: { quiet: true },
    onError: () => old && void cache.invalidateQueries({ queryKey: decisionQuery(old.id).queryKey }),
    onSuccess: async (fresh) => {
      draft.clear();
      cache.setQueryData(decisionQuery(fresh.id).queryKey, fresh);
      void cache.invalidateQueries({ queryKey: keys.decisions });
      toast(
        fresh.state === 'open'
          ? t`It is open. Everybody is reached in their own hours.`
          : t`Kept as a draft. Only you see it.`,
      );
      await navigate({ to: '/decisions/$decision', params: { decision: fresh.id } });
    },
  });
  const wrong = lacks(w, about);
  const says = (at: string) => (strict && wrong?.at === at ? wrong.says : '');
  const submit = (open: boolean) => {
    setStrict(true);
    if (save.isPending || (open ? wrong : !w.title.trim())) return;
    save.mutate(open);
  };
  return (
    <form
      className="dec-new"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        submit(true);
      }}
    >
      <KindPicker kinds={kinds} value={w.kind} onChange={(kind) => set({ kind })} />
      <Section title={t`What is decided`}>
        <div className="dec-form">
          <NativeSelect
            label={t`Space`}
            description={t`Who reads the space can read the decision.`}
            value={space?.id}
            onChange={(e) => set({ space: e.currentTarget.value })}
            data={spaces.map((s) => ({ value: s.id, label: s.name }))}
          />
          <TextInput
            label={t`Question`}
            placeholder={t`As you would ask it aloud`}
            dir="auto"
            maxLength={200}
            value={w.title}
            error={says('title')}
            onChange={(e) => set({ title: e.currentTarget.value })}
          />
          <MarkdownField
            label={w.kind === 'consent' ? t`The proposal` : t`What one should know to decide`}
            value={w.context}
            onChange={(context) => set({ context })}
            minRows={5}
          />
          <Wrong says={says('context')} />
        </div>
      </Section>
      {w.kind !== 'consent' && w.kind !== 'advice' && (
        <Section title={w.kind === 'time' ? t`Times to choose from` : t`Options`}>
          {w.kind === 'time' ? (
            <TimeOptions writing={w} space={space?.id ?? ''} onChange={(options) => set({ options })} />
          ) : (
            <OptionsEditor kind={w.kind} list={w.options} onChange={(options) => set({ options })} />
          )}
          <Wrong says={says('options')} />
        </Section>
      )}
      <Section title={t`Who`}>
        <div className="dec-form">
          <PeoplePicker
            label={t`Who is entitled`}
            description={t`Who may not read the space sees this one decision, as a guest of it. People from outside are invited once it is open.`}
            value={w.who}
            error={says('who')}
            onChange={(who) => set({ who })}
          />
          <PersonPicker
            label={t`Who decides in the end, and writes the outcome`}
            value={w.decider ?? me.id}
            required
            onChange={(decider) => set({ decider })}
          />
        </div>
      </Section>
      <Section title={t`By when`}>
        <Ending writing={w} space={space?.id ?? ''} set={set} wrong={says('end')} />
      </Section>
      <Section title={t`How`}>
        <RulesFields writing={w} about={about} set={set} />
      </Section>
      <Wrong error={save.error}>{t`What you wrote is kept here.`}</Wrong>
      {strict && wrong && <Wrong says={wrong.says} />}
      <div className="dec-buttons dec-foot">
        <Button type="submit" loading={save.isPending && save.variables === true}>
          {t`Open it`}
        </Button>
        <Button
          variant="default"
          loading={save.isPending && save.variables === false}
          onClick={() => submit(false)}
        >
          {t`Keep as a draft`}
        </Button>
        {(w.title || w.context) && !old && (
          <Button variant="subtle" color="gray" onClick={() => draft.clear()}>
            {t`Begin anew`}
          </Button>
        )}
        {draft.kept && (w.title || w.context) && (
          <span className="due-note">{t`What you type is kept on this device`}</span>
        )}
      </div>
    </form>
  );
}
