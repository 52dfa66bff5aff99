import { t } from '@lingui/core/macro';
import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { brainstorms } from '~/api';
import type { Idea } from '~/api/brainstorms';
import type { Id } from '~/api/types';
import { toast, toastError, Wrong } from '~/kit';
import { boardKey } from './api';
import { useOwn } from './own';
import { ideaName } from './words';

/** Changing an idea of one's own, and taking it away. */
export function OwnTools({ id, idea }: { id: Id; idea: Idea }) {
  const [editing, setEditing] = useState(false);
  const own = useOwn(id);
  const name = ideaName(idea);
  if (editing) return <EditIdea id={id} idea={idea} onDone={() => setEditing(false)} />;
  return (
    <div className="bs-tools">
      <button type="button" onClick={() => setEditing(true)}>
        {t`Change`}
        <span className="hidden-words"> {name}</span>
      </button>
      <button type="button" onClick={() => void own.remove(idea)}>
        {t`Delete`}
        <span className="hidden-words"> {name}</span>
      </button>
    </div>
  );
}

/** Changes the words and the link of an idea of one's own. */
export function EditIdea({ id, idea, onDone }: { id: Id; idea: Idea; onDone: () => void }) {
  const cache = useQueryClient();
  const [text, setText] = useState(idea.text);
  const [link, setLink] = useState(idea.link);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await brainstorms.rewrite(id, idea.id, { text: text.trim(), link: link.trim() });
      await cache.invalidateQueries({ queryKey: boardKey(id) });
      const undo = () =>
        void brainstorms
          .rewrite(id, idea.id, { text: idea.text, link: idea.link })
          .then(() => cache.invalidateQueries({ queryKey: boardKey(id) }))
          .catch(toastError);
      toast(t`Changed.`, undo);
      onDone();
    } catch (wrong) {
      setError(wrong);
      setBusy(false);
    }
  };
  return (
    <form
      className="bs-form"
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
      onKeyDown={(e) => e.key === 'Escape' && onDone()}
    >
      <Textarea
        aria-label={t`Idea`}
        autosize
        minRows={2}
        maxLength={1000}
        dir="auto"
        autoFocus
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      {idea.link !== '' && (
        <TextInput
          aria-label={t`Link`}
          type="url"
          value={link}
          onChange={(e) => setLink(e.currentTarget.value)}
        />
      )}
      <Wrong error={error} />
      <Group gap="xs" justify="flex-end">
        <Button size="compact-xs" variant="default" onClick={onDone}>
          {t`Cancel`}
        </Button>
        <Button size="compact-xs" type="submit" loading={busy}>
          {t`Save`}
        </Button>
      </Group>
    </form>
  );
}
