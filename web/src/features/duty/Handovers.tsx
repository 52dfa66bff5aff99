import { t } from '@lingui/core/macro';
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { duty } from '~/api';
import type { Handover, Rota } from '~/api/urgent';
import { PathLink, Section, toast, When, Wrong } from '~/kit';
import { useDuty } from './api';
import { partsOf } from './parts';

/** The notes of the last changes of duty, newest first, and the one that the reader is asked for. */
export function Handovers({ rota }: { rota: Rota }) {
  const list = rota.handovers
    .filter((h) => h.written_at || h.may.write)
    .reverse()
    .slice(0, 4);
  if (list.length === 0) return null;
  return (
    <Section title={t`Handover notes`}>
      {list.map((h) => (
        <OneHandover key={h.id} handover={h} />
      ))}
    </Section>
  );
}

/** A handover note, or the form for it while it is asked for. */
export function OneHandover({ handover: h }: { handover: Handover }) {
  const [editing, setEditing] = useState(false);
  if (h.may.write && (!h.written_at || editing))
    return <HandoverForm handover={h} onDone={() => setEditing(false)} />;
  return (
    <div className="duty-note">
      <p className="due-note">
        {t`${h.from.name} to ${h.to.name}`}, <When at={h.at} />
      </p>
      <p dir="auto">
        <Words text={h.going_on} />
      </p>
      {h.watch && (
        <p dir="auto">
          <strong>{t`Watch:`}</strong> <Words text={h.watch} />
        </p>
      )}
      {h.may.write && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setEditing(true)}>
          {t`Change the note`}
        </Button>
      )}
    </div>
  );
}

/** A note's words; a baton or a thread named in them by its address is a link. */
const Words = ({ text }: { text: string }) =>
  partsOf(text, location.origin).map((part, i) =>
    part.path ? (
      <PathLink key={i} path={part.path}>
        {part.path.startsWith('/batons/') ? t`the baton` : t`the thread`}
      </PathLink>
    ) : (
      part.text
    ),
  );

/** What is going on, and what to watch: enough for whoever comes. */
export function HandoverForm({ handover: h, onDone }: { handover: Handover; onDone?: () => void }) {
  const [note, setNote] = useState({ going_on: h.going_on, watch: h.watch });
  const save = useDuty(() => duty.write(h.id, note));
  return (
    <form
      className="form"
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate(undefined, {
          onSuccess: () => {
            toast(t`Handed over to ${h.to.name}.`);
            onDone?.();
          },
        });
      }}
    >
      <p className="due-note">
        {t`You hand over to ${h.to.name}`}, <When at={h.at} />
      </p>
      <Textarea
        label={t`What is going on`}
        description={t`Work that has to go on can be a baton: paste its address, and it is a link here.`}
        required
        autosize
        minRows={2}
        maxLength={2000}
        value={note.going_on}
        onChange={(e) => setNote({ ...note, going_on: e.currentTarget.value })}
      />
      <Textarea
        label={t`What to watch`}
        autosize
        minRows={1}
        maxLength={2000}
        value={note.watch}
        onChange={(e) => setNote({ ...note, watch: e.currentTarget.value })}
      />
      <Wrong error={save.error} />
      <div>
        <Button type="submit" size="xs" loading={save.isPending} disabled={!note.going_on.trim()}>
          {t`Hand over`}
        </Button>
      </div>
    </form>
  );
}
