import { t } from '@lingui/core/macro';
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconMessageReply } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { InboxRow, InboxTab } from '~/api/types';
import { useAskActions } from '~/core/asks/actions';
import { AskerActions, OwedList } from '~/core/asks/Owed';
import { kindHue, kindWord } from '~/core/asks/words';
import { Due, Face, PathLink, Row, SpaceDot, Tag, When } from '~/kit';
import type { Put } from './api';
import { SnoozeMenu } from './SnoozeMenu';

const AnswerPanel = lazy(() => import('~/core/asks/AnswerPanel').then((m) => ({ default: m.AnswerPanel })));

type Props = {
  row: InboxRow;
  tab: InboxTab;
  active: boolean;
  answering: boolean;
  snoozing: boolean;
  onAnswering: (open: boolean) => void;
  onSnoozing: (open: boolean) => void;
  onPut: (put: Put) => void;
};

/** One thing in the inbox, and everything one can do about it without leaving. */
export function InboxItem(p: Props) {
  const { row, tab } = p;
  const tone = tab === 'owe' && (row.group === 'late' || row.group === 'today') ? row.group : null;
  const context = [row.context, row.excerpt].filter(Boolean).join(' · ');
  return (
    <Row
      tone={tone}
      active={p.active}
      face={<Face name={row.who.name || 'Meantime'} />}
      title={
        <PathLink path={row.path}>
          <bdi>{row.title}</bdi>
        </PathLink>
      }
      tag={<Tag hue={kindHue(row.kind)}>{kindWord(row.kind)}</Tag>}
      sub={
        <span className="row-line">
          <span>
            {row.who.name && <bdi>{row.who.name}</bdi>}
            {row.who.name && row.space.id && ' · '}
            {row.space.id && <SpaceDot space={row.space} />}
            {(row.who.name || row.space.id) && context && ' · '}
          </span>
          {context && <bdi className="row-context">{context}</bdi>}
        </span>
      }
      end={
        <>
          <Ending {...p} />
          <Actions {...p} />
        </>
      }
      below={<Below {...p} />}
    />
  );
}

function Ending({ row, tab }: Props) {
  if (tab === 'snoozed' && row.snoozed_until) {
    return (
      <span className="due-note">
        {t`until`} <When at={row.snoozed_until} />
      </span>
    );
  }
  if (row.due) return <Due at={row.due} />;
  return (
    <span className="due-note">
      {tab === 'info' ? t`read when you like` : <When at={row.changed_at} as="ago" />}
    </span>
  );
}

/** Small buttons that come with the pointer or the focus; always there on a phone. */
function Actions({ row, tab, answering, snoozing, onAnswering, onSnoozing, onPut }: Props) {
  return (
    <div className="row-acts" data-open={snoozing || undefined}>
      {tab === 'owe' && row.ask && row.may.answer && !row.ask.elsewhere && <OneClick row={row} />}
      {tab === 'owe' && row.may.answer && (
        <ActionIcon
          variant="default"
          aria-label={t`Answer`}
          title={t`Answer`}
          aria-expanded={answering}
          onClick={() => onAnswering(!answering)}
        >
          <IconMessageReply size={16} className="turn" />
        </ActionIcon>
      )}
      {tab === 'snoozed' ? (
        <ActionIcon
          variant="default"
          aria-label={t`Back to the inbox`}
          title={t`Back to the inbox`}
          onClick={() => onPut({ do: 'wake' })}
        >
          <IconArrowBackUp size={16} className="turn" />
        </ActionIcon>
      ) : (
        row.may.snooze && <SnoozeMenu row={row} opened={snoozing} onOpened={onSnoozing} onPut={onPut} />
      )}
      {row.may.done && (
        <ActionIcon
          variant="default"
          aria-label={t`Done`}
          title={t`Done`}
          onClick={() => onPut({ do: 'done' })}
        >
          <IconCheck size={16} />
        </ActionIcon>
      )}
    </div>
  );
}

/** The kinds that one press answers. */
function OneClick({ row }: { row: InboxRow }) {
  const ask = row.ask;
  return ask && ['approve', 'acknowledge', 'do'].includes(ask.kind) ? <OneClickButton ask={ask} /> : null;
}

function OneClickButton({ ask }: { ask: NonNullable<InboxRow['ask']> }) {
  const act = useAskActions(ask);
  const [value, words] = { approve: ['yes', t`Approve`], do: ['done', t`It is done`] }[
    ask.kind as 'approve' | 'do'
  ] ?? ['ok', t`I have seen it`];
  return (
    <Button
      variant="default"
      size="compact-sm"
      h={28}
      disabled={act.isPending}
      onClick={() => act.mutate({ do: 'answer', value })}
    >
      {words}
    </Button>
  );
}

function Below({ row, tab, answering, onAnswering }: Props) {
  if (!row.ask) return null;
  if (tab === 'owed') {
    return (
      <div className="row-more">
        <OwedList ask={row.ask} />
        <AskerActions ask={row.ask} />
      </div>
    );
  }
  if (!answering) return null;
  return (
    <div className="row-more">
      {row.ask.text && row.ask.text !== row.title && <p dir="auto">{row.ask.text}</p>}
      <Suspense>
        <AnswerPanel ask={row.ask} focus onDone={() => onAnswering(false)} />
      </Suspense>
    </div>
  );
}
