import { t } from '@lingui/core/macro';
import { Button, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CheckinQuestion, QuestionKind } from '~/api/checkins';
import { InOrder } from '~/kit';
import { bankQuery } from './api';
import { questionKinds, questionKindWord } from './words';

type Props = { list: CheckinQuestion[]; set: (list: CheckinQuestion[]) => void; error?: string };

/** The questions of a check-in, in their order. */
export function QuestionFields({ list, set, error }: Props) {
  const put = (i: number, part: Partial<CheckinQuestion>) =>
    set(list.map((q, n) => (n === i ? { ...q, ...part } : q)));
  return (
    <>
      <ol className="chk-edit-questions" aria-label={t`Questions`}>
        {list.map((q, i) => (
          <li key={q.key ?? `new ${i}`}>
            <Question
              q={q}
              n={i + 1}
              put={(part) => put(i, part)}
              order={<InOrder list={list} at={i} name={t`Question ${i + 1}`} onChange={set} />}
            />
          </li>
        ))}
      </ol>
      {error && (
        <p className="wrong" role="alert">
          {error}
        </p>
      )}
      {list.length < 20 && (
        <div className="chk-add">
          <Button variant="default" size="xs" onClick={() => set([...list, { kind: 'text', text: '' }])}>
            {t`Another question`}
          </Button>
          <Bank
            take={(text) => set([...list.filter((q) => q.kind !== 'text' || q.text), { kind: 'text', text }])}
          />
        </div>
      )}
    </>
  );
}

type QuestionProps = {
  q: CheckinQuestion;
  n: number;
  put: (part: Partial<CheckinQuestion>) => void;
  order: React.ReactNode;
};

function Question({ q, n, put, order }: QuestionProps) {
  const kinds = questionKinds.map((k) => ({ value: k, label: questionKindWord(k) }));
  return (
    <div className="chk-edit-question">
      <div className="chk-edit-words">
        {q.kind === 'of_week' ? (
          <p className="due-note">
            {t`Question ${n}: each week another one from the bank, the same for everybody.`}
          </p>
        ) : (
          <TextInput
            label={t`Question ${n}`}
            maxLength={300}
            dir="auto"
            value={q.text ?? ''}
            onChange={(e) => put({ text: e.currentTarget.value })}
          />
        )}
        <span className="chk-order">{order}</span>
      </div>
      <div className="chk-fields">
        <NativeSelect
          label={t`Answered by`}
          aria-label={t`Question ${n} is answered by`}
          value={q.kind}
          onChange={(e) => put({ kind: e.currentTarget.value as QuestionKind })}
          data={kinds}
        />
        {q.kind === 'number' && (
          <TextInput
            label={t`Unit`}
            placeholder={t`hours, tickets`}
            maxLength={40}
            value={q.unit ?? ''}
            onChange={(e) => put({ unit: e.currentTarget.value })}
          />
        )}
        <Switch
          label={t`An answer is wanted`}
          aria-label={t`An answer to question ${n} is wanted`}
          checked={!!q.required}
          onChange={(e) => put({ required: e.currentTarget.checked })}
        />
      </div>
      {q.kind === 'choice' && (
        <Textarea
          label={t`The choices, one a line`}
          autosize
          minRows={2}
          dir="auto"
          value={(q.choices ?? []).join('\n')}
          onChange={(e) => put({ choices: e.currentTarget.value.split('\n') })}
        />
      )}
    </div>
  );
}

/** The team questions of the week, to look through or to take one from. */
function Bank({ take }: { take: (text: string) => void }) {
  const [open, setOpen] = useState(false);
  const list = useQuery({ ...bankQuery, enabled: open }).data;
  return (
    <details className="chk-bank" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t`The bank of team questions`}</summary>
      <p className="due-note">
        {t`“The team question of the week” asks one of these each week. Or take one as it is:`}
      </p>
      <ul>
        {(list ?? []).map((text) => (
          <li key={text}>
            <span dir="auto">{text}</span>
            <Button variant="subtle" size="compact-xs" onClick={() => take(text)}>
              {t`Take`}
              <span className="hidden-words">{text}</span>
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
