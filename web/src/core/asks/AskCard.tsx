import { t } from '@lingui/core/macro';
import type { Ask } from '~/api/types';
import { Tag, When } from '~/kit';
import { windowWords } from '~/kit/time';
import { AnswerPanel } from './AnswerPanel';
import { AskerActions, OwedList } from './Owed';
import { kindHue, kindWord, needWord, progressWord, silenceWord, urgencyWord } from './words';
import './asks.css';

/**
 * One ask in full: what is asked, where each addressee stands, and what the reader may do.
 * Where a reply can be written on the same page, onReply leads there for answers in words.
 */
export function AskCard({ ask, onReply }: { ask: Ask; onReply?: () => void }) {
  const terms = [
    ask.deadline ? null : t`within ${windowWords(ask.window)}`,
    ask.owed.length > 1 ? needWord(ask.need) : null,
    ask.silence.then !== 'nothing' ? t`if nobody answers: ${silenceWord(ask.silence.then)}` : null,
  ].filter(Boolean);
  return (
    <section className="ask-card" aria-label={t`Ask: ${kindWord(ask.kind)}`} data-state={ask.state}>
      <header className="ask-card-head">
        <Tag hue={kindHue(ask.kind)}>{kindWord(ask.kind)}</Tag>
        {ask.urgency !== 'routine' && (
          <Tag hue={ask.urgency === 'urgent' ? 'red' : 'yellow'}>{urgencyWord(ask.urgency)}</Tag>
        )}
        <strong dir="auto">{ask.text || t`${ask.asker.name} asks`}</strong>
        <span className="due-note">{progressWord(ask)}</span>
      </header>
      <p className="due-note ask-terms">
        {terms.join(' · ')}
        {ask.deadline && (
          <>
            {' '}
            {t`by`} <When at={ask.deadline} />
          </>
        )}
        {ask.reason && ` · ${ask.reason}`}
      </p>
      <OwedList ask={ask} />
      {ask.may.answer && <AnswerPanel ask={ask} onReply={onReply} />}
      <AskerActions ask={ask} />
    </section>
  );
}
