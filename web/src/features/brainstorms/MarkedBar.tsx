import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import type { Idea, IdeaGroup } from '~/api/brainstorms';
import { Menu, MenuItem } from '~/kit';
import { focusIdea } from './keys';
import type { Arranging } from './useArrange';
import { groupName, ideaName } from './words';

type Props = { ideas: Idea[]; groups: IdeaGroup[]; does: Arranging; none: () => void };

/** What can be done with the marked cards, at the foot of the page. */
export function MarkedBar({ ideas, groups, does, none }: Props) {
  const n = ideas.length;
  const ids = ideas.map((i) => i.id);
  const first = ideas[0];
  const to = (group: string | null) => {
    does.move(ids, group);
    none();
    if (first) focusIdea(first.id);
  };
  return (
    <div className="bs-marked" role="region" aria-label={t`Marked ideas`}>
      <strong aria-live="polite">{n === 1 ? t`1 marked` : t`${n} marked`}</strong>
      <Menu above target={<Button size="xs" variant="default">{t`Move to…`}</Button>}>
        {groups.map((g) => (
          <MenuItem key={g.id} onClick={() => to(g.id)}>
            <bdi>{groupName(g.name)}</bdi>
          </MenuItem>
        ))}
        <MenuItem onClick={() => to(null)}>{t`No group`}</MenuItem>
        <MenuItem
          onClick={() => {
            void does.group('', ids);
            none();
          }}
        >{t`A new group`}</MenuItem>
      </Menu>
      {n > 1 && (
        <Menu above target={<Button size="xs" variant="default">{t`Merge into…`}</Button>}>
          {ideas.slice(0, 20).map((i) => (
            <MenuItem
              key={i.id}
              onClick={() => {
                does.merge(ids, i.id);
                none();
                focusIdea(i.id);
              }}
            >
              <bdi>{ideaName(i)}</bdi>
            </MenuItem>
          ))}
        </Menu>
      )}
      <Button size="xs" variant="subtle" color="gray" onClick={none}>
        {t`Unmark`}
      </Button>
    </div>
  );
}
