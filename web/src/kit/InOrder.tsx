import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';

/**
 * The buttons beside one thing of a list that is in an order of one's own: earlier, later,
 * out. The name says which thing it is to whoever does not see where the buttons stand.
 */
export function InOrder<T>({
  list,
  at,
  name,
  onChange,
}: {
  list: T[];
  at: number;
  name: string;
  onChange: (list: T[]) => void;
}) {
  const move = (by: number) => {
    const next = [...list];
    next.splice(at + by, 0, ...next.splice(at, 1));
    onChange(next);
  };
  const button = (label: string, icon: typeof IconX, onClick: () => void, disabled = false) => {
    const Icon = icon;
    return (
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
        <Icon size={15} />
      </ActionIcon>
    );
  };
  return (
    <>
      {button(t`${name} earlier`, IconArrowUp, () => move(-1), at === 0)}
      {button(t`${name} later`, IconArrowDown, () => move(1), at === list.length - 1)}
      {button(t`Take ${name} out`, IconX, () => onChange(list.filter((_, n) => n !== at)))}
    </>
  );
}
