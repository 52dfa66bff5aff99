import { t } from '@lingui/core/macro';
import { Link } from '@tanstack/react-router';
import type { CheckinEntry, CheckinSaid } from '~/api/checkins';
import { Face, MarkdownView, Name, Tag } from '~/kit';
import { Hill } from './Hill';
import { MoodFace } from './Mood';
import { WaitsFor } from './Waiting';
import { answerWords, dateWords, healthHue, questionWords } from './words';

/** What one person said for a date of theirs. */
export function Entry({ entry, mine, bare }: { entry: CheckinEntry; mine?: boolean; bare?: boolean }) {
  return (
    <article className="chk-entry" aria-label={t`${entry.person.name}, ${dateWords(entry.date)}`}>
      {!bare && <Face name={entry.person.name} />}
      <div className="chk-entry-main">
        <EntryHead entry={entry} mine={mine} bare={bare} />
        {entry.nothing && <p className="chk-quiet">{t`Nothing to say.`}</p>}
        {entry.said.map((s) => (
          <div key={s.question} className="chk-said">
            <h4>{questionWords({ kind: s.kind, text: s.asked })}</h4>
            <Said said={s} who={entry.person.name} />
          </div>
        ))}
        <Blocked entry={entry} />
      </div>
    </article>
  );
}

export function EntryHead({ entry, mine, bare }: { entry: CheckinEntry; mine?: boolean; bare?: boolean }) {
  return (
    <p className="chk-entry-head">
      {!bare && (
        <b>
          <Name person={entry.person} />
        </b>
      )}
      <Link to="/checkins/turns/$turn" params={{ turn: entry.turn }} className="due-note">
        <time dateTime={entry.date}>{dateWords(entry.date)}</time>
      </Link>
      {entry.late && <Tag>{t`came later`}</Tag>}
      {entry.edited_at && <Tag>{t`changed since`}</Tag>}
      {mine && (
        <Link to="/checkins/turns/$turn" params={{ turn: entry.turn }} className="chk-change">
          {t`Yours`}
        </Link>
      )}
    </p>
  );
}

/** One answer by its kind: words, a pill, a place on the hill. */
export function Said({ said: s, who }: { said: CheckinSaid; who: string }) {
  const words = answerWords(s.kind, s, s.unit);
  if (s.html) return <MarkdownView html={s.html} />;
  if (s.kind === 'health') return <Tag hue={healthHue(s.text ?? '')}>{words}</Tag>;
  if (s.kind === 'hill' && s.number !== undefined)
    return (
      <div className="chk-hill-small">
        <Hill dots={[{ at: s.number, name: who }]} label={t`The hill`} />
        <p className="due-note">{words}</p>
      </div>
    );
  if (s.kind === 'mood' && s.number !== undefined)
    return (
      <p className="chk-own-mood">
        <MoodFace mood={s.number} size={24} /> {words}{' '}
        <span className="due-note">{t`Only you see this.`}</span>
      </p>
    );
  return (
    <p className="chk-plain" dir="auto">
      {words}
    </p>
  );
}

function Blocked({ entry }: { entry: CheckinEntry }) {
  if (entry.blockers.length === 0) return null;
  return (
    <div className="chk-said">
      <h4>{t`Waits for`}</h4>
      <ul className="chk-blocked">
        {entry.blockers.map((b) => (
          <li key={b.id} data-settled={!!b.settled_at || undefined}>
            <bdi>{b.words}</bdi>{' '}
            <span className="due-note">
              <WaitsFor blocker={b} />
            </span>{' '}
            {b.settled_at && <Tag hue="green">{t`Settled`}</Tag>}
          </li>
        ))}
      </ul>
    </div>
  );
}
