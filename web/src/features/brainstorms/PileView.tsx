import { t } from '@lingui/core/macro';
import { memo, useEffect, useId, useRef, useState } from 'react';
import type { Idea, IdeaGroup } from '~/api/brainstorms';
import type { Id } from '~/api/types';
import { Menu, MenuItem } from '~/kit';
import type { Pile } from './board';
import { type BoardOf, Card } from './Card';
import { useAllOf } from './marks';
import type { Arranging } from './useArrange';
import type { Near } from './useNear';
import { groupName, ideasWords } from './words';

type Props = {
  on: BoardOf;
  look: Near['look'];
  pile: Pile;
  /** The groups in their order, for moving this one. */
  groups: IdeaGroup[];
  merged: ReadonlyMap<Id, Idea[]>;
};

/** So many cards of a group are complete from the first moment on. */
const atOnce = 8;

/** A group with its cards, or the cards in no group; a place to drop cards on. */
export const PileView = memo(function PileView({ on, look, pile, groups, merged }: Props) {
  const title = useId();
  const list = useRef<HTMLUListElement>(null);
  const { group, ideas } = pile;
  useEffect(() => look(list.current));
  const first = group ? atOnce : 4 * atOnce;
  return (
    <section
      className="bs-pile"
      data-pile={group?.id ?? ''}
      data-free={!group || undefined}
      aria-labelledby={title}
    >
      <header>
        {group ? (
          <GroupName id={title} group={group} may={on.arrange} does={on.does} />
        ) : (
          <h3 id={title}>{groups.length ? t`In no group` : t`Ideas`}</h3>
        )}
        <span className="due-note">{ideasWords(ideas.length)}</span>
        {group && on.arrange && <GroupMenu group={group} pile={pile} groups={groups} does={on.does} />}
      </header>
      {on.arrange && <Here on={on} pile={pile} />}
      <ul ref={list}>
        {ideas.map((i, n) => (
          <li key={i.id}>
            <Card on={on} idea={i} merged={merged.get(i.id)} first={n < first} />
          </li>
        ))}
      </ul>
      {ideas.length === 0 && (
        <p className="bs-empty">
          {group
            ? t`Nothing here yet. Drag cards here, or use their menus.`
            : t`Every idea has found its group.`}
        </p>
      )}
    </section>
  );
});

/** Puts the marked cards of elsewhere here. */
function Here({ on, pile: { group, ideas } }: { on: BoardOf; pile: Pile }) {
  const marked = useAllOf(on.marks);
  if (marked.size === 0) return null;
  const here = new Set(ideas.map((i) => i.id));
  const free = [...marked].filter((x) => !here.has(x));
  if (free.length === 0) return null;
  return (
    <button
      type="button"
      className="bs-here"
      onClick={() => {
        on.does.move(free, group?.id ?? null);
        on.marks.put(free, false);
      }}
    >
      {free.length === 1 ? t`Put the marked idea here` : t`Put the ${free.length} marked ideas here`}
      <span className="hidden-words"> {group ? groupName(group.name) : t`no group`}</span>
    </button>
  );
}

function GroupName({
  id,
  group,
  may,
  does,
}: {
  id: string;
  group: IdeaGroup;
  may: boolean;
  does: Arranging;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  // Whoever ends by a key goes on from the name; whoever presses elsewhere is there.
  const back = useRef(false);
  if (typed === null || !may)
    return (
      <h3 id={id}>
        {may ? (
          <button
            type="button"
            className="bs-name"
            title={t`Name this group`}
            ref={(el) => {
              if (el && back.current) el.focus();
              back.current = false;
            }}
            onClick={() => setTyped(group.name)}
          >
            <bdi>{groupName(group.name)}</bdi>
          </button>
        ) : (
          <bdi>{groupName(group.name)}</bdi>
        )}
      </h3>
    );
  const save = () => {
    if (back.current) return;
    setTyped(null);
    does.rename(group, typed.trim());
  };
  return (
    <h3 id={id}>
      <input
        className="bs-name-field"
        aria-label={t`Name of the group`}
        maxLength={80}
        dir="auto"
        // biome-ignore lint/a11y/noAutofocus: it has just been asked for
        autoFocus
        value={typed}
        onChange={(e) => setTyped(e.currentTarget.value)}
        onBlur={save}
        onKeyDown={(e) => {
          if (e.key !== 'Enter' && e.key !== 'Escape') return;
          e.preventDefault(); // or the key would press the button that comes in its place
          e.stopPropagation();
          if (e.key === 'Enter') save();
          else setTyped(null);
          back.current = true;
        }}
      />
    </h3>
  );
}

function GroupMenu({
  group,
  pile,
  groups,
  does,
}: {
  group: IdeaGroup;
  pile: Pile;
  groups: IdeaGroup[];
  does: Arranging;
}) {
  const at = groups.findIndex((g) => g.id === group.id);
  return (
    <Menu
      target={
        <button type="button" className="bs-more" aria-label={t`Change the group ${groupName(group.name)}`}>
          <span aria-hidden>⋯</span>
        </button>
      }
    >
      {at > 0 && (
        <MenuItem
          onClick={() => does.placeGroup(group, groups[at - 1]?.id ?? '')}
        >{t`Move it earlier`}</MenuItem>
      )}
      {at < groups.length - 1 && (
        <MenuItem
          onClick={() => does.placeGroup(group, groups[at + 2]?.id ?? '')}
        >{t`Move it later`}</MenuItem>
      )}
      <MenuItem danger onClick={() => does.drop(group, pile.ideas)}>
        {t`Take the group away, keep its ideas`}
      </MenuItem>
    </Menu>
  );
}
