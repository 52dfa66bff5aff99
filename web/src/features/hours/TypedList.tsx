import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { shown, type Typed } from './ranges';

/** A field for ranges or times as text; read when one leaves it or presses Enter, never half way. */
export function TypedList({
  label,
  value,
  read,
  onChange,
  placeholder,
  problem,
  hideLabel = true,
}: {
  label: string;
  value: string[];
  read: (text: string) => Typed;
  onChange: (list: string[]) => void;
  placeholder?: string;
  problem?: string;
  hideLabel?: boolean;
}) {
  const [text, setText] = useState(shown(value));
  const [bad, setBad] = useState('');
  const now = shown(value);
  useEffect(() => {
    setText(now);
    setBad('');
  }, [now]);
  const settle = () => {
    const typed = read(text);
    if ('bad' in typed) return setBad(typed.bad);
    setBad('');
    setText(shown(typed.list));
    if (shown(typed.list) !== now) onChange(typed.list);
  };
  return (
    <TextInput
      size="xs"
      dir="ltr"
      label={hideLabel ? undefined : label}
      aria-label={hideLabel ? label : undefined}
      value={text}
      placeholder={placeholder}
      error={bad || problem}
      onChange={(event) => setText(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault();
          settle();
        }
      }}
    />
  );
}
