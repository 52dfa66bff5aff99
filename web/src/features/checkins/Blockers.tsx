import { t } from '@lingui/core/macro';
import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { lazy, Suspense, useId } from 'react';
import type { CheckinNewBlocker } from '~/api/checkins';
import { windowWords } from '~/kit/time';

const PersonPicker = lazy(() =>
  import('~/core/people/PeoplePicker').then((m) => ({ default: m.PersonPicker })),
);

type Props = {
  label: string;
  list: CheckinNewBlocker[];
  me: string;
  set: (list: CheckinNewBlocker[]) => void;
};

/** What whoever answers waits for: somebody, who is then asked with a window, or something. */
export function Blockers({ label, list, me, set }: Props) {
  const id = useId();
  const put = (i: number, part: Partial<CheckinNewBlocker>) =>
    set(list.map((b, n) => (n === i ? { ...b, ...part } : b)));
  return (
    <div className="chk-group" role="group" aria-labelledby={id}>
      <p id={id} className="chk-legend">
        {label}
      </p>
      {list.map((b, i) => (
        <One
          key={i}
          n={i + 1}
          blocker={b}
          me={me}
          put={(part) => put(i, part)}
          out={() => set(list.filter((_, n) => n !== i))}
        />
      ))}
      {list.length < 10 && (
        <div>
          <Button variant="default" size="xs" onClick={() => set([...list, { words: '' }])}>
            {list.length ? t`Something else I wait for` : t`I wait for something…`}
          </Button>
        </div>
      )}
    </div>
  );
}

type OneProps = {
  n: number;
  blocker: CheckinNewBlocker;
  me: string;
  put: (part: Partial<CheckinNewBlocker>) => void;
  out: () => void;
};

function One({ n, blocker: b, me, put, out }: OneProps) {
  const windows = ['', '4h', '0d', '1d', '2d', '3d', '5d'];
  return (
    <fieldset className="chk-blocker">
      <legend className="hidden-words">{t`What I wait for, ${n}`}</legend>
      <div className="chk-blocker-head">
        <TextInput
          label={t`What is in the way`}
          maxLength={300}
          dir="auto"
          autoFocus={!b.words}
          value={b.words}
          onChange={(e) => put({ words: e.currentTarget.value })}
        />
        <ActionIcon variant="subtle" color="gray" aria-label={t`Take number ${n} out`} onClick={out}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div className="chk-fields">
        <Suspense fallback={<div className="chk-picker" />}>
          <PersonPicker
            label={t`Whom I wait for`}
            placeholder={t`Nobody in particular`}
            exclude={[me]}
            value={b.person ?? null}
            onChange={(person) => put({ person: person ?? undefined })}
          />
        </Suspense>
        {b.person ? (
          <NativeSelect
            label={t`How long they may take`}
            value={b.window ?? ''}
            onChange={(e) => put({ window: e.currentTarget.value || undefined })}
            data={windows.map((w) => ({ value: w, label: w ? windowWords(w) : t`as usual here` }))}
          />
        ) : (
          <TextInput
            label={t`Or what`}
            placeholder={t`A delivery, a decision, the weather`}
            maxLength={200}
            dir="auto"
            value={b.what ?? ''}
            onChange={(e) => put({ what: e.currentTarget.value })}
          />
        )}
      </div>
      {b.person && (
        <p className="due-note">
          {t`They are asked in this check-in’s thread, where everybody here can read it.`}
        </p>
      )}
    </fieldset>
  );
}
