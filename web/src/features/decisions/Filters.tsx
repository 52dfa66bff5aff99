import { t } from '@lingui/core/macro';
import { Button, CloseButton, TextInput } from '@mantine/core';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';

import { type Asked, asked as names } from './filter';

const MoreFilters = lazy(() => import('./MoreFilters').then((m) => ({ default: m.MoreFilters })));

const pause = 250;

/** Search and filters of the register; the address keeps them, so that a view can be sent on. */
export function Filters({ asked }: { asked: Asked }) {
  const navigate = useNavigate();
  const set = (part: Asked) =>
    void navigate({ to: '/decisions', search: (was) => ({ ...was, ...part }) as Asked, replace: true });
  const used = names.filter((n) => n !== 'q' && asked[n]).length;
  const [open, setOpen] = useState(used > 0);
  return (
    <search className="dec-filters">
      <div className="dec-search">
        <Words q={asked.q ?? ''} set={(q) => set({ q: q || undefined })} />
        <Button
          variant="default"
          leftSection={<IconFilter size={15} aria-hidden />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {used ? t`Filters (${used})` : t`Filters`}
        </Button>
      </div>
      {open && (
        <Suspense>
          <MoreFilters asked={asked} set={set} />
        </Suspense>
      )}
    </search>
  );
}

function Words({ q, set }: { q: string; set: (q: string) => void }) {
  const [typed, setTyped] = useState(q);
  const said = useRef(q);
  const put = useRef(set);
  put.current = set;
  useEffect(() => {
    if (q === said.current) return;
    said.current = q;
    setTyped(q);
  }, [q]);
  useEffect(() => {
    if (typed === said.current) return;
    const timer = setTimeout(() => {
      said.current = typed;
      put.current(typed);
    }, pause);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <TextInput
      aria-label={t`Search the register`}
      placeholder={t`Words of the question, its options or its outcome`}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={typed && <CloseButton aria-label={t`Clear`} onClick={() => setTyped('')} />}
      dir="auto"
      maxLength={200}
      value={typed}
      onChange={(e) => setTyped(e.currentTarget.value)}
    />
  );
}
