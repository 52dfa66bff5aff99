import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { brainstorms } from '~/api';
import type { Board, IdeaSuggestion } from '~/api/brainstorms';
import { keys } from '~/api/queries';
import type { Id } from '~/api/types';
import { Failed, Loading } from '~/kit';
import type { Arranging } from './useArrange';
import { groupName, ideaName } from './words';

type Props = { id: Id; board: Board; does: Arranging; onClose: () => void };

/** Groups that ideas in no group might make, to be accepted one by one or all at once. */
export function Suggestions({ id, board, does, onClose }: Props) {
  const found = useQuery({
    queryKey: [...keys.brainstorms, id, 'suggestions'],
    queryFn: async () => (await brainstorms.suggestions(id)).items,
    staleTime: 0,
  });
  const [busy, setBusy] = useState(false);
  const free = new Map(board.ideas.filter((i) => !i.group && !i.merged).map((i) => [i.id, i]));
  // What has found its group meanwhile is suggested no more.
  const list = (found.data ?? [])
    .map((s) => ({ ...s, ideas: s.ideas.filter((i) => free.has(i)) }))
    .filter((s) => s.ideas.length > 1);
  const accept = async (some: IdeaSuggestion[]) => {
    setBusy(true);
    await does.accept(some);
    setBusy(false);
  };
  return (
    <section className="bs-suggest" aria-label={t`Suggested groups`}>
      <header>
        <p className="due-note">{t`By the words that ideas share, worked out on your own server.`}</p>
        {list.length > 1 && (
          <Button size="compact-xs" loading={busy} onClick={() => void accept(list)}>
            {t`Accept all ${list.length}`}
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={onClose}>
          {t`Close`}
        </Button>
      </header>
      {found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading rows={2} height={48} />
      ) : list.length === 0 ? (
        <p className="due-note">{t`The ideas that are in no group share too few words to suggest any.`}</p>
      ) : (
        <ul>
          {list.map((s) => (
            <li key={s.ideas.join()}>
              <div>
                <strong dir="auto">{groupName(s.name)}</strong>
                <ul>
                  {s.ideas.slice(0, 6).map((i) => {
                    const idea = free.get(i);
                    return (
                      idea && (
                        <li key={i} dir="auto">
                          {ideaName(idea)}
                        </li>
                      )
                    );
                  })}
                  {s.ideas.length > 6 && <li className="due-note">{t`and ${s.ideas.length - 6} more`}</li>}
                </ul>
              </div>
              <Button size="compact-xs" variant="default" disabled={busy} onClick={() => void accept([s])}>
                {t`Accept`}
                <span className="hidden-words"> {groupName(s.name)}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
