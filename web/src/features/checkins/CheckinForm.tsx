import { t } from '@lingui/core/macro';
import { Button, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Space } from '~/api/types';
import { PeoplePicker } from '~/core/people';
import { Section, Wrong } from '~/kit';
import { windowWords } from '~/kit/time';
import { Foreseen } from './Foreseen';
import { type Form, lacks } from './form';
import { QuestionFields } from './QuestionFields';
import { RhythmFields } from './RhythmFields';

type Props = {
  form: Form;
  set: (part: Partial<Form>) => void;
  /** Where it may be begun; without it the space is fixed. */
  spaces?: Space[];
  doIt: string;
  busy: boolean;
  error: unknown;
  onSave: () => void;
  onLeave?: () => void;
};

/** What a check-in asks, of whom and when; with what comes of it for each person. */
export function CheckinForm({ form, set, spaces, doIt, busy, error, onSave, onLeave }: Props) {
  const [strict, setStrict] = useState(false);
  const lack = strict ? lacks(form) : null;
  const windows = ['4h', '0d', '1d', '2d', '3d', '5d'];
  return (
    <form
      className="chk-editor"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        setStrict(true);
        if (!lacks(form) && !busy) onSave();
      }}
    >
      <div className="chk-fields">
        <TextInput
          label={t`Name`}
          maxLength={120}
          dir="auto"
          error={lack === 'name' ? t`Give it a name.` : undefined}
          value={form.name}
          onChange={(e) => set({ name: e.currentTarget.value })}
        />
        {spaces && (
          <NativeSelect
            label={t`Space`}
            description={undefined}
            value={form.space}
            onChange={(e) => set({ space: e.currentTarget.value })}
            data={spaces.map((s) => ({ value: s.id, label: s.name }))}
          />
        )}
      </div>
      <Textarea
        label={t`What it is for`}
        autosize
        minRows={1}
        maxLength={2000}
        dir="auto"
        value={form.purpose}
        onChange={(e) => set({ purpose: e.currentTarget.value })}
      />
      <Section title={t`Questions`}>
        <QuestionFields
          list={form.questions}
          set={(questions) => set({ questions })}
          error={
            lack === 'questions'
              ? t`Each question needs words, and a choice at least two choices.`
              : undefined
          }
        />
      </Section>
      <Section title={t`Whom and when`}>
        <div className="chk-editor-part">
          <PeoplePicker
            label={t`Who is asked`}
            description={t`A team, people, or both. Who joins or leaves the team later is asked, or not any more.`}
            placeholder={t`A team or people`}
            error={lack === 'people' ? t`Say whom to ask.` : undefined}
            value={{ people: form.people, teams: form.team ? [form.team] : [] }}
            onChange={(next) => set({ people: next.people, team: next.teams.at(-1) ?? null })}
          />
          <RhythmFields
            rhythm={form.rhythm}
            set={(rhythm) => set({ rhythm })}
            error={lack === 'days' ? t`Choose at least one weekday.` : undefined}
          />
        </div>
      </Section>
      <Section title={t`The next five times`}>
        <Foreseen form={form} space={form.space} />
      </Section>
      <Section title={t`How it goes`}>
        <div className="chk-editor-part">
          <Switch
            label={t`Answers are hidden until you have written yours`}
            description={t`Against copying. They open to you once you have answered, or your day for it is over.`}
            checked={form.hidden}
            onChange={(e) => set({ hidden: e.currentTarget.checked })}
          />
          <NativeSelect
            label={t`Who is waited for may take`}
            description={t`When somebody names a person they wait for, that person is asked with this window.`}
            maw={320}
            value={form.window}
            onChange={(e) => set({ window: e.currentTarget.value })}
            data={[...new Set([...windows, form.window])].map((w) => ({ value: w, label: windowWords(w) }))}
          />
        </div>
      </Section>
      <Wrong error={error} />
      <div className="chk-foot">
        <span className="due-note">{t`Nobody is asked before their day begins, nor on days off.`}</span>
        {onLeave && (
          <Button variant="default" onClick={onLeave}>
            {t`Leave it as it is`}
          </Button>
        )}
        <Button type="submit" loading={busy}>
          {doIt}
        </Button>
      </div>
    </form>
  );
}
