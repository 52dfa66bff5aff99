import './calendars.css';
import { t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Feed, FreshFeed, Id } from '~/api/types';
import { Row, Sure, Tag, toast, toastError, When } from '~/kit';
import { feedsQuery, useEndFeed, useMakeFeed } from './api';
import { Secret } from './Secret';

type Asked = 'again' | 'off' | null;

/** One feed of the reader's: made, given a new secret, switched off. */
export function FeedRow({
  kind,
  team = '',
  title,
  children,
  face,
}: {
  kind: Feed['kind'];
  team?: Id;
  title: ReactNode;
  children: ReactNode;
  face?: ReactNode;
}) {
  const list = useQuery(feedsQuery);
  const make = useMakeFeed();
  const end = useEndFeed();
  const [asked, setAsked] = useState<Asked>(null);
  const on = list.data?.find((f) => f.kind === kind && f.team === team);
  const makeNow = () =>
    make.mutate({ kind, team: team || undefined }, { onError: toastError, onSettled: () => setAsked(null) });
  return (
    <>
      <Row
        face={face}
        title={title}
        tag={on && <Tag hue="green">{t`on`}</Tag>}
        sub={
          <>
            {children}
            {on && (
              <>
                {' · '}
                {on.read_at ? (
                  <>
                    {t`last read`} <When at={on.read_at} as="ago" />
                  </>
                ) : (
                  t`not read yet`
                )}
              </>
            )}
          </>
        }
        end={
          <Group gap={6}>
            {on ? (
              <>
                <Button variant="default" size="compact-xs" onClick={() => setAsked('again')}>
                  {kind === 'caldav' ? t`New password` : t`New address`}
                </Button>
                <Button variant="default" size="compact-xs" onClick={() => setAsked('off')}>
                  {t`Switch off`}
                </Button>
              </>
            ) : (
              <Button
                size="compact-xs"
                variant="default"
                loading={make.isPending}
                disabled={list.isPending}
                onClick={makeNow}
              >
                {t`Switch on`}
              </Button>
            )}
          </Group>
        }
        below={make.data && <Fresh feed={make.data} onDone={make.reset} />}
      />
      {asked === 'again' && (
        <Sure
          title={kind === 'caldav' ? t`Make a new password?` : t`Make a new address?`}
          doIt={t`Make it`}
          busy={make.isPending}
          onDo={makeNow}
          onClose={() => setAsked(null)}
        >
          {t`The one before opens nothing from then on. Programs that use it need the new one.`}
        </Sure>
      )}
      {asked === 'off' && on && (
        <Sure
          title={t`Switch it off?`}
          doIt={t`Switch it off`}
          busy={end.isPending}
          onDo={() =>
            end.mutate(on.id, {
              onSuccess: () => {
                make.reset();
                toast(t`It is off. Programs read nothing any more.`);
              },
              onSettled: () => setAsked(null),
            })
          }
          onClose={() => setAsked(null)}
        >
          {t`Calendar programs that read it find nothing from then on.`}
        </Sure>
      )}
    </>
  );
}

/** What opens the feed, this once. */
function Fresh({ feed, onDone }: { feed: FreshFeed; onDone: () => void }) {
  const once = t`Shown this once. Whoever has it can read the calendar.`;
  return (
    <div className="feed-secret" role="group" aria-label={t`What opens it`}>
      <Secret label={t`Address`} value={feed.url} note={feed.password ? undefined : once} first />
      {feed.password && (
        <>
          <Secret label={t`Name`} value={feed.username} />
          <Secret label={t`App password`} value={feed.password} note={once} />
        </>
      )}
      <Group gap="xs">
        <Button variant="default" size="xs" onClick={onDone}>
          {t`I have it`}
        </Button>
      </Group>
    </div>
  );
}
