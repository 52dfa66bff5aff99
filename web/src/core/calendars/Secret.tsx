import './calendars.css';
import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { toast } from '~/kit';

/** Something that is shown this once, ready to be copied. */
export function Secret({
  label,
  value,
  note,
  first,
}: {
  label: string;
  value: string;
  note?: string;
  first?: boolean;
}) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (first) field.current?.focus();
  }, [first]);
  const copy = () => {
    const copied = navigator.clipboard?.writeText(value) ?? Promise.reject(new Error('no clipboard'));
    copied.then(
      () => toast(t`Copied.`),
      () => {
        field.current?.select();
        toast(t`This browser does not let pages copy. It is marked: copy it with the keyboard.`);
      },
    );
  };
  return (
    <div className="feed-line">
      <TextInput
        ref={field}
        label={label}
        description={note}
        readOnly
        value={value}
        onFocus={(e) => e.currentTarget.select()}
      />
      <Button variant="default" onClick={copy}>
        {t`Copy`}
        <span className="hidden-words"> {label}</span>
      </Button>
    </div>
  );
}
