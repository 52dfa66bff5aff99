import { useCallback, useEffect, useRef, useState } from 'react';
import { useMe } from '~/api/queries';
import { drafts } from './drafts';

export type Draft<T> = {
  value: T;
  set: (next: T | ((old: T) => T)) => void;
  /** Forgets the draft and begins anew; after a successful send. */
  clear: () => void;
  /** False until the kept draft was looked for. */
  ready: boolean;
  /** True when what is shown lies on this device. */
  kept: boolean;
};

/** Something being typed, kept across reloads and failed sends. Each person has their own. */
export function useDraft<T>(name: string, initial: T): Draft<T> {
  const key = draftKey(useMe().person.id, name);
  const begin = useRef(initial);
  begin.current = initial;
  const [value, setValue] = useState<T>(() => drafts.peek<T>(key) ?? initial);
  const [ready, setReady] = useState(() => drafts.peek(key) !== undefined);
  const [kept, setKept] = useState(false);
  const latest = useRef(value);
  latest.current = value;
  useEffect(() => {
    let gone = false;
    const end = drafts.whenKept((which) => which === key && setKept(true));
    void drafts.load<T>(key).then((found) => {
      if (gone) return;
      setValue(found ?? begin.current);
      setKept(drafts.shelved(key)); // typing may have begun meanwhile
      setReady(true);
    });
    return () => {
      gone = true;
      end();
    };
  }, [key]);
  const set = useCallback(
    (next: T | ((old: T) => T)) => {
      const fresh = typeof next === 'function' ? (next as (old: T) => T)(latest.current) : next;
      latest.current = fresh;
      setKept(false);
      drafts.save(key, fresh);
      setValue(fresh);
    },
    [key],
  );
  const clear = useCallback(() => {
    void drafts.remove(key);
    latest.current = begin.current;
    setKept(false);
    setValue(begin.current);
  }, [key]);
  return { value, set, clear, ready, kept };
}

export const draftKey = (person: string, name: string) => `${person} ${name}`;
