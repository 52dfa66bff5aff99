import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconChecklist, IconGavel, IconMessages } from '@tabler/icons-react';
import { brainstorms } from '~/api';
import type { Board, Brainstorm, IdeaOutcome } from '~/api/brainstorms';
import { PathLink, Row, Rows, Section, Tag, toast, When } from '~/kit';
import { useBoardChange } from './api';

const icons = { task: IconChecklist, decision: IconGavel, thread: IconMessages };

/** What became of ideas, and whether it is done. */
export function Outcomes({ b, board }: { b: Brainstorm; board: Board }) {
  const finish = useBoardChange(b.id, (o: IdeaOutcome) =>
    o.done_at ? brainstorms.reopen(b.id, o.id) : brainstorms.finish(b.id, o.id),
  );
  if (board.outcomes.length === 0) return null;
  const press = (o: IdeaOutcome) =>
    finish.mutate(o, {
      onSuccess: (fresh) => {
        const now = fresh.outcomes.find((x) => x.id === o.id);
        toast(o.done_at ? t`Open again.` : t`Done.`, now && (() => finish.mutate(now)));
      },
    });
  return (
    <Section title={t`What becomes of the ideas`}>
      <Rows label={t`What becomes of the ideas`}>
        {board.outcomes.map((o) => {
          const Icon = icons[o.kind];
          return (
            <li key={o.id}>
              <Row
                face={
                  <span className="row-icon">
                    <Icon size={18} stroke={1.7} aria-hidden />
                  </span>
                }
                title={
                  <PathLink path={o.path}>
                    <bdi>{o.title}</bdi>
                  </PathLink>
                }
                tag={o.done_at ? <Tag hue="green">{t`Done`}</Tag> : undefined}
                sub={subOf(o)}
                end={
                  o.may.finish ? (
                    <Button
                      size="compact-xs"
                      variant="default"
                      loading={finish.isPending}
                      onClick={() => press(o)}
                    >
                      {o.done_at ? t`Not done` : t`It is done`}
                      <span className="hidden-words"> {o.title}</span>
                    </Button>
                  ) : (
                    <span className="due-note">
                      <When at={o.done_at ?? o.at} />
                    </span>
                  )
                }
              />
            </li>
          );
        })}
      </Rows>
    </Section>
  );
}

function subOf(o: IdeaOutcome): string {
  if (o.kind === 'task') return o.owner ? t`To do, by ${o.owner.name}` : t`To do`;
  return o.kind === 'decision' ? t`A decision, begun by ${o.by.name}` : t`A thread, opened by ${o.by.name}`;
}
