import { t } from '@lingui/core/macro';
import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { brainstorms } from '~/api';
import type { BrainstormTemplate } from '~/api/brainstorms';
import { newKey } from '~/api/client';
import { keys, useMe } from '~/api/queries';
import type { Id, Space } from '~/api/types';
import { MarkdownField, useDraft } from '~/core/compose';
import { PeoplePicker } from '~/core/people';
import { toast, Wrong } from '~/kit';
import { Ahead } from './Ahead';
import { oneQuery } from './api';
import { PlanFields } from './PlanFields';
import { bodyOf, type Draft, stepsOf } from './plan';
import { TemplateChoice } from './TemplateChoice';
import { VoteFields } from './VoteFields';

const route = getRouteApi('/shell/brainstorms/new');

type Props = { spaces: Space[]; templates: BrainstormTemplate[] };

function begun({ spaces, templates }: Props, space: string | undefined, me: Id): Draft {
  const first = templates[0];
  return {
    space: spaces.find((s) => s.id === space)?.id ?? spaces[0]?.id ?? '',
    template: first?.key ?? '',
    title: first?.title ?? '',
    prompt: first?.prompt ?? '',
    who: { people: [me], teams: [] },
    anonymous: first?.anonymous ?? false,
    hideCount: false,
    byHand: false,
    steps: stepsOf(first),
    vote: { dots: 5, most: 3, ...first?.vote, method: first?.vote.method ?? 'dots' },
    key: newKey(),
  };
}

/** Everything that is fixed when a brainstorm begins, with when each phase would end beside it. */
export function NewForm({ spaces, templates }: Props) {
  const me = useMe();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const asked = route.useSearch().space;
  const {
    value,
    set: put,
    clear,
    kept,
    ready,
  } = useDraft<Draft>('new brainstorm', begun({ spaces, templates }, asked, me.person.id));
  const set = (part: Partial<Draft>) => put((old) => ({ ...old, ...part }));
  const [strict, setStrict] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link may name the space; once, when the draft is known
  useEffect(() => {
    if (ready && asked && !value.title && spaces.some((s) => s.id === asked)) set({ space: asked });
  }, [ready]);
  const choose = (next: BrainstormTemplate) => {
    const old = templates.find((x) => x.key === value.template);
    set({
      template: next.key,
      title: value.title.trim() === '' || value.title === old?.title ? next.title : value.title,
      prompt: value.prompt.trim() === '' || value.prompt === old?.prompt ? next.prompt : value.prompt,
      anonymous: next.anonymous,
      steps: stepsOf(next),
      vote: { ...value.vote, ...next.vote },
    });
  };
  const body = bodyOf(value, me.person.zone);
  const begin = useMutation({
    mutationFn: () => brainstorms.begin(body, value.key),
    meta: { quiet: true },
    onSuccess: async (fresh) => {
      clear();
      cache.setQueryData(oneQuery(fresh.id).queryKey, fresh);
      void cache.invalidateQueries({ queryKey: keys.brainstorms });
      toast(t`Begun. Everybody is asked for ideas in their own hours.`);
      await navigate({ to: '/brainstorms/$brainstorm', params: { brainstorm: fresh.id } });
    },
  });
  const voting = value.steps.some((s) => s.phase === 'vote' && s.on);
  return (
    <form
      className="bs-new"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        setStrict(true);
        if (value.title.trim() && !begin.isPending) begin.mutate();
      }}
    >
      <div className="bs-new-fields">
        <TemplateChoice templates={templates} value={value.template} onChange={choose} />
        <TextInput
          label={t`Question`}
          placeholder={t`What shall we think about?`}
          required
          maxLength={150}
          dir="auto"
          value={value.title}
          error={strict && !value.title.trim() ? t`Ask a question or name the subject.` : undefined}
          onChange={(e) => set({ title: e.currentTarget.value })}
        />
        <MarkdownField
          label={t`What people should know before they write`}
          value={value.prompt}
          onChange={(prompt) => set({ prompt })}
          minRows={3}
        />
        <div className="bs-two">
          <NativeSelect
            label={t`Space`}
            value={value.space}
            onChange={(e) => set({ space: e.currentTarget.value })}
            data={spaces.map((s) => ({ value: s.id, label: s.name }))}
          />
          <PeoplePicker
            label={t`Who takes part`}
            description={t`You facilitate, and take part if you are among them. Others of the space can join later.`}
            value={value.who}
            onChange={(who) => set({ who })}
          />
        </div>
        <fieldset className="bs-set">
          <legend>{t`Names`}</legend>
          <Switch
            checked={value.anonymous}
            onChange={(e) => set({ anonymous: e.currentTarget.checked })}
            label={t`Anonymous`}
            description={t`Nobody is shown who wrote what. It is fixed from the start and needs five people.`}
          />
          <Switch
            checked={value.hideCount}
            onChange={(e) => set({ hideCount: e.currentTarget.checked })}
            label={t`Hide how many ideas there are until they are revealed`}
          />
        </fieldset>
        <PlanFields draft={value} onChange={set} />
        {voting && <VoteFields value={value.vote} onChange={(vote) => set({ vote })} />}
        <Wrong error={begin.error}>{t`Your text is kept here.`}</Wrong>
        <div className="composer-foot">
          <span className="due-note">{kept ? t`Kept as a draft` : ''}</span>
          <Button variant="subtle" color="gray" onClick={() => clear()}>
            {t`Discard`}
          </Button>
          <Button type="submit" loading={begin.isPending}>
            {t`Begin`}
          </Button>
        </div>
      </div>
      <Ahead
        body={body}
        zone={me.person.zone}
        onLeaveOut={(id) => set({ who: { ...value.who, people: value.who.people.filter((p) => p !== id) } })}
      />
    </form>
  );
}
