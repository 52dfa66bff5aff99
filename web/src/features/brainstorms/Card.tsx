import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { memo, useState } from 'react';
import type { Idea } from '~/api/brainstorms';
import type { Id } from '~/api/types';
import { Menu, MenuItem } from '~/kit';
import { boardQuery } from './api';
import { pilesOf } from './board';
import { CardBody } from './CardBody';
import { focusIdea } from './keys';
import { useIs, type Watched } from './marks';
import { Notes } from './Notes';
import { EditIdea } from './OwnTools';
import { useOwn } from './own';
import type { Arranging } from './useArrange';
import { groupName, ideaName } from './words';

/** What is the same for all cards of a board, and stays the same while it is open. */
export type BoardOf = {
  id: Id;
  arrange: boolean;
  note: boolean;
  /** Whether the phase is about notes: the ways to write one stand open. */
  notes: boolean;
  marks: Watched;
  near: Watched;
  does: Arranging;
};
type Props = { on: BoardOf; idea: Idea; merged?: Idea[]; first: boolean };

/**
 * One card of a board that is being arranged: its words, a mark, a menu, its notes. Far from
 * the screen it is its words alone.
 */
export const Card = memo(function Card({ on, idea, merged, first }: Props) {
  const near = useIs(on.near, idea.id) || first;
  const marked = useIs(on.marks, idea.id);
  const [editing, setEditing] = useState(false);
  const title = `t-${idea.id}`;
  return (
    <article
      className="bs-card"
      data-idea={idea.id}
      data-marked={marked || undefined}
      draggable={on.arrange && !editing}
      tabIndex={-1}
      aria-labelledby={title}
    >
      {!near ? (
        <Words idea={idea} merged={merged} titleId={title} />
      ) : editing ? (
        <EditIdea
          id={on.id}
          idea={idea}
          onDone={() => {
            setEditing(false);
            focusIdea(idea.id);
          }}
        />
      ) : (
        <>
          <CardBody idea={idea} merged={merged} titleId={title} />
          {(on.arrange || idea.may.edit) && (
            <Side on={on} idea={idea} merged={merged} marked={marked} onEdit={() => setEditing(true)} />
          )}
        </>
      )}
      {near && (on.notes || idea.notes.length > 0) && (
        <Notes idea={idea} may={on.note && on.notes} does={on.does} />
      )}
    </article>
  );
});

/** The words of a card, and as much room as the rest will take. */
const Words = ({ idea, merged, titleId }: { idea: Idea; merged?: Idea[]; titleId: string }) => (
  <div className="bs-far">
    <p id={titleId} className="bs-text" dir="auto">
      {idea.text || idea.link || t`A picture without words`}
    </p>
    {merged?.map((m) => (
      <p key={m.id} dir="auto">
        {m.text}
      </p>
    ))}
  </div>
);

type SideProps = { on: BoardOf; idea: Idea; merged?: Idea[]; marked: boolean; onEdit: () => void };

function Side(props: SideProps) {
  const { on, idea, marked } = props;
  const name = ideaName(idea);
  return (
    <div className="bs-card-side">
      {on.arrange && (
        <input
          type="checkbox"
          checked={marked}
          aria-label={t`Mark: ${name}`}
          title={t`Mark`}
          onChange={() => on.marks.put([idea.id], !marked)}
        />
      )}
      <More {...props} name={name} />
    </div>
  );
}

/** The menu of a card: a button until it is pressed for the first time. */
function More({ name, ...props }: SideProps & { name: string }) {
  const [open, setOpen] = useState<boolean | null>(null);
  const button = {
    type: 'button',
    className: 'bs-more',
    'aria-label': t`Move or change: ${name}`,
    'aria-haspopup': 'menu',
    children: <span aria-hidden>⋮</span>,
  } as const;
  if (open === null) return <button {...button} aria-expanded={false} onClick={() => setOpen(true)} />;
  return (
    <Menu opened={open} onOpened={setOpen} target={<button {...button} />}>
      <Items {...props} />
    </Menu>
  );
}

/** What a card's menu holds; it exists only while the menu is open. */
function Items({ on, idea, merged, onEdit }: SideProps) {
  const { id, arrange, does } = on;
  const own = useOwn(id);
  const board = useQuery(boardQuery(id)).data;
  const groups = board ? pilesOf(board, []).flatMap((p) => p.group ?? []) : [];
  const others = [...on.marks.all()].filter((x) => x !== idea.id);
  // As when it is dragged: whoever opens the menu of a marked card means all that are marked.
  const meant = on.marks.has(idea.id) ? [idea.id, ...others] : [idea.id];
  const to = (group: Id | null) => {
    does.move(meant, group);
    on.marks.put(meant, false);
    focusIdea(idea.id);
  };
  return (
    <>
      {arrange && (
        <>
          <p className="menu-label">
            {meant.length > 1 ? t`Move the ${meant.length} marked ideas to` : t`Move to`}
          </p>
          {groups
            .filter((g) => g.id !== idea.group || meant.length > 1)
            .map((g) => (
              <MenuItem key={g.id} onClick={() => to(g.id)}>
                <bdi>{groupName(g.name)}</bdi>
              </MenuItem>
            ))}
          {(idea.group || meant.length > 1) && <MenuItem onClick={() => to(null)}>{t`No group`}</MenuItem>}
          <MenuItem
            onClick={() => {
              on.marks.put(meant, false);
              void does.group('', meant).then((g) => g && focusIdea(idea.id));
            }}
          >{t`A new group`}</MenuItem>
          <hr />
          {others.length > 0 && (
            <MenuItem
              onClick={() => {
                on.marks.put([idea.id, ...others], false);
                does.merge(others, idea.id);
                focusIdea(idea.id);
              }}
            >
              {others.length === 1
                ? t`Merge the marked idea into this`
                : t`Merge the ${others.length} marked ideas into this`}
            </MenuItem>
          )}
          {merged && <MenuItem onClick={() => does.partAll(merged)}>{t`Take merged ideas apart`}</MenuItem>}
        </>
      )}
      {idea.may.edit && (
        <>
          <MenuItem onClick={onEdit}>{t`Change my idea…`}</MenuItem>
          <MenuItem danger onClick={() => void own.remove(idea)}>
            {t`Delete my idea`}
          </MenuItem>
        </>
      )}
    </>
  );
}
