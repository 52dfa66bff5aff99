import './compose.css';
import { t } from '@lingui/core/macro';
import { ActionIcon, Button, Collapse, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { AskKind, Id, SilenceThen, Urgency } from '~/api/types';
import { kindHint, kinds, kindWord, silenceWord, urgencyHint, urgencyWord } from '~/core/asks/words';
import { PeoplePicker, PersonPicker } from '~/core/people';
import { Wrong } from '~/kit';
import { windowWords } from '~/kit/time';
import { type AskDraft, addressed, missing, windowsFor } from './askDraft';
import { ForecastPanel } from './ForecastPanel';

type Props = {
  value: AskDraft;
  onChange: (ask: AskDraft) => void;
  onRemove?: () => void;
  space?: Id;
  /** Show what is missing; after a first try to send. */
  strict?: boolean;
  exclude?: Id[];
  /** It was begun by a press just now: all of it comes into view. */
  fresh?: boolean;
};

/** Builds one ask: who, what kind, by when, how urgent, and what silence means; the forecast follows along. */
export function AskBuilder({ value: ask, onChange, onRemove, space, strict, exclude, fresh }: Props) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (fresh) box.current?.scrollIntoView({ block: 'nearest' });
  }, [fresh]);
  const set = (part: Partial<AskDraft>) => onChange({ ...ask, ...part });
  const plain = ask.urgency === 'routine' && ask.need === 'all' && ask.silence === 'nothing';
  const [more, setMore] = useState(!plain);
  const lacks = strict ? missing(ask) : null;
  return (
    <section ref={box} className="ask-box" aria-label={t`Ask`}>
      <div className="ask-head">
        <h2>{t`Ask`}</h2>
        {onRemove && (
          <ActionIcon variant="subtle" color="gray" aria-label={t`Remove this ask`} onClick={onRemove}>
            <IconX size={16} />
          </ActionIcon>
        )}
      </div>
      <PeoplePicker
        label={t`Who is asked`}
        placeholder={addressed(ask) ? undefined : t`Names, teams, or whoever is on duty`}
        value={ask.to}
        duty={!!space}
        onChange={(to) => set({ to })}
        exclude={exclude}
      />
      <div className="ask-fields">
        <NativeSelect
          label={t`For what`}
          value={ask.kind}
          onChange={(e) => set({ kind: e.currentTarget.value as AskKind })}
          data={kinds.map((k) => ({ value: k, label: t`${kindWord(k)}: ${kindHint(k)}` }))}
        />
        <Window ask={ask} set={set} />
      </div>
      {ask.kind === 'decide' && <Choices list={ask.choices} onChange={(choices) => set({ choices })} />}
      <TextInput
        label={t`What exactly (optional)`}
        placeholder={t`One line, shown in their inbox`}
        maxLength={200}
        value={ask.text}
        onChange={(e) => set({ text: e.currentTarget.value })}
      />
      {!more && (
        <div>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-expanded={more}
            onClick={() => setMore(true)}
          >
            {t`Urgency, how many, silence…`}
          </Button>
        </div>
      )}
      <Collapse expanded={more} transitionDuration={0}>
        <More ask={ask} set={set} />
      </Collapse>
      <Wrong says={lacks} />
      <ForecastPanel
        ask={ask}
        space={space}
        onSecond={(second) => set({ second })}
        onInstead={(of, by) =>
          set({ to: { ...ask.to, people: ask.to.people.map((p) => (p === of ? by : p)) } })
        }
        onLeaveOut={(id) => set({ to: { ...ask.to, people: ask.to.people.filter((p) => p !== id) } })}
      />
    </section>
  );
}

type Part = { ask: AskDraft; set: (part: Partial<AskDraft>) => void };

/** By when: so much of each person's own working time, or one instant for all. */
function Window({ ask, set }: Part) {
  const windows = windowsFor(ask.window === 'deadline' ? undefined : ask.window);
  return (
    <>
      <NativeSelect
        label={t`Answer within`}
        value={ask.window}
        onChange={(e) => set({ window: e.currentTarget.value })}
        data={[
          { value: '', label: t`as usual` },
          ...windows.map((w) => ({ value: w, label: windowWords(w) })),
          { value: 'deadline', label: t`by a deadline…` },
        ]}
      />
      {ask.window === 'deadline' && (
        <>
          <TextInput
            type="date"
            label={t`Deadline, day`}
            value={ask.date}
            onChange={(e) => set({ date: e.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t`Deadline, time (your clock)`}
            value={ask.time}
            onChange={(e) => set({ time: e.currentTarget.value })}
          />
        </>
      )}
    </>
  );
}

function Choices({ list, onChange }: { list: string[]; onChange: (list: string[]) => void }) {
  return (
    <div className="ask-fields">
      {list.map((choice, i) => (
        <TextInput
          key={i}
          label={t`Choice ${i + 1}`}
          maxLength={120}
          value={choice}
          onChange={(e) => onChange(list.map((c, n) => (n === i ? e.currentTarget.value : c)))}
        />
      ))}
      {list.length < 10 && (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          style={{ alignSelf: 'end' }}
          onClick={() => onChange([...list, ''])}
        >
          {t`Another choice`}
        </Button>
      )}
    </div>
  );
}

function More({ ask, set }: Part) {
  const urgencies: Urgency[] = ['routine', 'soon', 'urgent'];
  const silences: SilenceThen[] = ['nothing', 'consent', 'escalate', 'i_decide'];
  const some = Math.max(2, ask.to.people.length);
  return (
    <div className="ask-fields">
      <NativeSelect
        label={t`Urgency`}
        description={urgencyHint(ask.urgency)}
        value={ask.urgency}
        onChange={(e) => set({ urgency: e.currentTarget.value as Urgency })}
        data={urgencies.map((u) => ({ value: u, label: urgencyWord(u) }))}
      />
      <NativeSelect
        label={t`How many must answer`}
        description={t`the rest are then released`}
        value={ask.need}
        onChange={(e) => set({ need: e.currentTarget.value })}
        data={[
          { value: 'all', label: t`everybody` },
          { value: 'any', label: t`any one of them` },
          ...Array.from({ length: Math.min(some, 12) - 1 }, (_, i) => ({
            value: String(i + 2),
            label: t`any ${i + 2} of them`,
          })),
        ]}
      />
      <NativeSelect
        label={t`When nobody answers in time`}
        description={t`applied when the last due has passed`}
        value={ask.silence}
        onChange={(e) => set({ silence: e.currentTarget.value as SilenceThen })}
        data={silences.map((s) => ({ value: s, label: silenceWord(s) }))}
      />
      {ask.silence === 'escalate' && (
        <PersonPicker
          label={t`Who is asked then`}
          required
          value={ask.silenceTo}
          onChange={(silenceTo) => set({ silenceTo })}
        />
      )}
      {ask.urgency === 'urgent' && (
        <>
          <Textarea
            label={t`Why it is urgent`}
            required
            autosize
            minRows={1}
            value={ask.reason}
            onChange={(e) => set({ reason: e.currentTarget.value })}
          />
          <Textarea
            label={t`What happens if nobody acts`}
            required
            autosize
            minRows={1}
            value={ask.otherwise}
            onChange={(e) => set({ otherwise: e.currentTarget.value })}
          />
        </>
      )}
    </div>
  );
}
