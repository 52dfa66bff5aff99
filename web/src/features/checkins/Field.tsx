import { t } from '@lingui/core/macro';
import { Button, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import type { CheckinQuestion } from '~/api/checkins';
import { Hill } from './Hill';
import { MoodFace } from './Mood';
import type { Said } from './typed';
import { healths, healthWord, hillWord, moods, questionWords } from './words';

type Props = {
  question: CheckinQuestion;
  said: Said;
  set: (said: Said) => void;
  focus?: boolean;
  /** Said of an answer that is wanted and lacks. */
  error?: string;
};

/** One question, to be answered. */
export function Field(p: Props) {
  const { question: q, said, set } = p;
  const label = <Asked q={q} />;
  switch (q.kind) {
    case 'choice':
      return <Choices {...p} options={(q.choices ?? []).map((c) => [c, c])} />;
    case 'health':
      return <Choices {...p} options={healths.map((h) => [h, healthWord(h)])} />;
    case 'yes_no':
      return (
        <Choices
          {...p}
          options={[
            ['yes', t`Yes`],
            ['no', t`No`],
          ]}
          value={said.yes === undefined ? '' : said.yes ? 'yes' : 'no'}
          onPick={(v) => set(v ? { yes: v === 'yes' } : {})}
        />
      );
    case 'mood':
      return <MoodField {...p} />;
    case 'hill':
      return <HillField {...p} />;
    case 'number':
      return <NumberField {...p} />;
    default:
      return (
        <Textarea
          label={label}
          required={q.required}
          withAsterisk={false}
          error={p.error}
          autosize
          minRows={2}
          maxRows={18}
          maxLength={20_000}
          dir="auto"
          data-autofocus={p.focus || undefined}
          autoFocus={p.focus}
          value={said.text ?? ''}
          onChange={(e) => set({ text: e.currentTarget.value })}
        />
      );
  }
}

/** The words of a question, and whether an answer is wanted. */
const Asked = ({ q }: { q: CheckinQuestion }) => (
  <>
    <bdi>{questionWords(q)}</bdi> {q.required && <span className="due-note chk-wanted">{t`wanted`}</span>}
  </>
);

function NumberField({ question: q, said, set, error }: Props) {
  const [typed, setTyped] = useState(said.number === undefined ? '' : String(said.number));
  const shown =
    Number(typed.replace(',', '.')) === said.number || said.number === undefined
      ? typed
      : String(said.number);
  return (
    <TextInput
      label={<Asked q={q} />}
      required={q.required}
      withAsterisk={false}
      error={error}
      inputMode="decimal"
      w={200}
      maw="100%"
      rightSection={q.unit ? <span className="due-note chk-unit">{q.unit}</span> : undefined}
      rightSectionWidth={q.unit ? 72 : undefined}
      value={shown}
      onChange={(e) => {
        const text = e.currentTarget.value;
        const n = Number(text.replace(',', '.'));
        if (text !== '' && text !== '-' && !Number.isFinite(n)) return;
        setTyped(text);
        set(text.trim() === '' || !Number.isFinite(n) ? {} : { number: n });
      }}
    />
  );
}

/** A question with what one can pick, as radio buttons that look like pills. */
function Group({
  question,
  error,
  note,
  clear,
  children,
}: {
  question: CheckinQuestion;
  error?: string;
  note?: string;
  clear?: () => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <fieldset className="chk-group" aria-describedby={note || error ? id : undefined}>
      <legend>
        <Asked q={question} />
      </legend>
      <div className="chk-pills">
        {children}
        {clear && (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={clear}>
            {t`Take the answer out`}
          </Button>
        )}
      </div>
      {(note || error) && (
        <p id={id} className={error ? 'wrong' : 'due-note'}>
          {error ?? note}
        </p>
      )}
    </fieldset>
  );
}

function Choices({
  question,
  said,
  set,
  error,
  options,
  value = said.text ?? '',
  onPick = (v) => set(v ? { text: v } : {}),
}: Props & { options: string[][]; value?: string; onPick?: (v: string) => void }) {
  const name = useId();
  return (
    <Group
      question={question}
      error={error}
      clear={value && !question.required ? () => onPick('') : undefined}
    >
      {options.map(([v = '', words]) => (
        <label key={v} className="chk-pill">
          <input type="radio" name={name} value={v} checked={v === value} onChange={() => onPick(v)} />
          <bdi>{words}</bdi>
        </label>
      ))}
    </Group>
  );
}

function MoodField({ question, said, set, error }: Props) {
  const name = useId();
  return (
    <Group
      question={question}
      error={error}
      note={t`Only you see this. The team sees a curve, and only from five people up.`}
      clear={said.number ? () => set({}) : undefined}
    >
      {moods().map((words, i) => (
        <label key={words} className="chk-pill chk-pill-mood">
          <input
            type="radio"
            name={name}
            value={i + 1}
            checked={said.number === i + 1}
            onChange={() => set({ number: i + 1 })}
          />
          <MoodFace mood={i + 1} />
          <span>{words}</span>
        </label>
      ))}
    </Group>
  );
}

function HillField({ question, said, set, error }: Props) {
  const id = useId();
  const at = said.number;
  return (
    <div className="chk-hill-field">
      <label htmlFor={id}>
        <Asked q={question} />
      </label>
      <Hill dots={at === undefined ? [] : [{ at, name: '' }]} label={t`The hill`} />
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={1}
        value={at ?? 0}
        aria-valuetext={at === undefined ? t`not placed yet` : `${at}: ${hillWord(at)}`}
        data-unset={at === undefined || undefined}
        onChange={(e) => set({ number: Number(e.currentTarget.value) })}
      />
      <p className="due-note">
        {at === undefined ? t`Not placed yet: move the slider.` : `${at} · ${hillWord(at)}`}{' '}
        {at !== undefined && (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => set({})}>
            {t`Take the answer out`}
          </Button>
        )}
      </p>
      {error && <p className="wrong">{error}</p>}
    </div>
  );
}
