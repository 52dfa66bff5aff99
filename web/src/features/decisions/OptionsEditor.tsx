import { t } from '@lingui/core/macro';
import { Button, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { DecisionKind } from '~/api/decisions';
import { InOrder } from '~/kit';
import { newOption, type Opt } from './writing';

/** Options in an order of one's own: name, what it means, and a question for the reason. */
export function OptionsEditor({
  kind,
  list,
  onChange,
}: {
  kind: DecisionKind;
  list: Opt[];
  onChange: (list: Opt[]) => void;
}) {
  const [fresh, setFresh] = useState(0);
  const put = (at: number, part: Partial<Opt>) =>
    onChange(list.map((o, i) => (i === at ? { ...o, ...part } : o)));
  const add = () => {
    const one = newOption(list);
    setFresh(one.n);
    onChange([...list, one]);
  };
  const usual =
    kind === 'majority'
      ? t`Without any it is Yes or No.`
      : kind === 'sense_check'
        ? t`Without any it is: Looks good, Not sure, Concerned. Put words of your own in order, from one end to the other: then it is seen whether people agree.`
        : t`Two or more. Say them so that nobody has to ask what is meant.`;
  return (
    <div className="dec-options">
      <p className="dec-note">{usual}</p>
      <ol>
        {list.map((o, i) => (
          <li key={o.n}>
            <One option={o} n={i + 1} first={o.n === fresh} put={(part) => put(i, part)} onEnter={add} />
            <span className="dec-moves">
              <InOrder list={list} at={i} name={o.name || t`Option ${i + 1}`} onChange={onChange} />
            </span>
          </li>
        ))}
      </ol>
      <div>
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={add}>
          {list.length ? t`Another option` : t`Add an option`}
        </Button>
      </div>
    </div>
  );
}

type OneProps = {
  option: Opt;
  n: number;
  first: boolean;
  put: (part: Partial<Opt>) => void;
  onEnter: () => void;
};

function One({ option: o, n, first, put, onEnter }: OneProps) {
  const [more, setMore] = useState(!!(o.meaning || o.prompt));
  return (
    <div className="dec-option-fields">
      <TextInput
        aria-label={t`Option ${n}`}
        placeholder={t`Option ${n}`}
        dir="auto"
        maxLength={120}
        autoFocus={first}
        value={o.name}
        onChange={(e) => put({ name: e.currentTarget.value })}
        onKeyDown={(e) => {
          if (e.key !== 'Enter' || e.nativeEvent.isComposing || e.ctrlKey || e.metaKey) return;
          e.preventDefault();
          onEnter();
        }}
      />
      {more ? (
        <>
          <Textarea
            label={t`What option ${n} means (optional)`}
            dir="auto"
            autosize
            minRows={1}
            maxLength={1000}
            value={o.meaning}
            onChange={(e) => put({ meaning: e.currentTarget.value })}
          />
          <TextInput
            label={t`What to ask whoever chooses it (optional)`}
            placeholder={t`What would you give up for it?`}
            dir="auto"
            maxLength={200}
            value={o.prompt}
            onChange={(e) => put({ prompt: e.currentTarget.value })}
          />
        </>
      ) : (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setMore(true)}>
          {t`Say more about it`}
          <span className="hidden-words"> {t`option ${n}`}</span>
        </Button>
      )}
    </div>
  );
}
