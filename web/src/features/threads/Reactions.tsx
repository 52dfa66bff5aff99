import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import { IconMoodPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { Post } from '~/api/types';
import { matches } from '~/core/people';
import { Pop } from '~/kit';
import { emoji } from './emoji';
import { useReact } from './reactions';

/** The reactions on a post, each a switch, and a way to add one. */
export function Reactions({ post }: { post: Post }) {
  const react = useReact(post);
  return (
    <>
      {post.reactions.map((r) => {
        const names = r.people.map((p) => p.name).join(', ');
        return (
          <button
            key={r.emoji}
            type="button"
            className="reaction"
            aria-pressed={r.mine}
            aria-label={t`${r.emoji} by ${names}`}
            title={names}
            onClick={() => react.mutate({ emoji: r.emoji, on: !r.mine })}
          >
            <span aria-hidden>{r.emoji}</span> {r.people.length}
          </button>
        );
      })}
      <EmojiPicker onPick={(e) => react.mutate({ emoji: e, on: true })} />
    </>
  );
}

/** A small choice of emoji, found by name and walked with the arrows. */
function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const found = emoji().filter(([, name]) => matches(name, typed));
  const pick = (one: string) => {
    setOpen(false);
    setTyped('');
    onPick(one);
  };
  return (
    <Pop
      opened={open}
      onOpened={setOpen}
      role="dialog"
      label={t`Reactions`}
      above
      start
      target={
        <button
          type="button"
          className="reaction reaction-add"
          aria-label={t`Add a reaction`}
          title={t`Add a reaction`}
        >
          <IconMoodPlus size={16} aria-hidden />
        </button>
      }
    >
      <TextInput
        size="xs"
        data-autofocus
        aria-label={t`Find a reaction`}
        placeholder={t`Find`}
        value={typed}
        onChange={(e) => setTyped(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && found[0]) pick(found[0][0]);
          if (e.key === 'ArrowDown') {
            e.preventDefault();
            document.querySelector<HTMLElement>('.emoji button')?.focus();
          }
        }}
      />
      <div className="emoji" role="group" aria-label={t`Emoji`} onKeyDown={walk}>
        {found.map(([one, name]) => (
          <button key={one} type="button" aria-label={name} title={name} onClick={() => pick(one)}>
            {one}
          </button>
        ))}
      </div>
      {found.length === 0 && <p className="due-note">{t`No emoji of that name.`}</p>}
    </Pop>
  );
}

/** The arrows move in rows of eight. */
function walk(event: KeyboardEvent<HTMLDivElement>) {
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
  if (!by) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll('button')];
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  all[Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
}
