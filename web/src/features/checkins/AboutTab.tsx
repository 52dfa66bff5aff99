import { t } from '@lingui/core/macro';
import { Link } from '@tanstack/react-router';
import type { Checkin } from '~/api/checkins';
import { Person, Section, Tag } from '~/kit';
import { windowWords } from '~/kit/time';
import { dateWords, questionKindWord, questionWords, rhythmWords } from './words';

/** What a check-in asks, of whom, and when. */
export function AboutTab({ c }: { c: Checkin }) {
  return (
    <>
      {c.purpose && (
        <p className="chk-purpose" dir="auto">
          {c.purpose}
        </p>
      )}
      <Section title={t`Questions`}>
        <ol className="chk-questions">
          {c.questions.map((q) => (
            <li key={q.key}>
              <bdi>{questionWords(q)}</bdi> <Tag>{questionKindWord(q.kind)}</Tag>{' '}
              {q.required && <Tag hue="yellow">{t`wanted`}</Tag>}
              {!!q.choices?.length && <span className="due-note">{q.choices.join(' · ')}</span>}
            </li>
          ))}
        </ol>
      </Section>
      <Section title={t`How it goes`}>
        <dl className="chk-facts">
          <dt>{t`When`}</dt>
          <dd>
            {rhythmWords(c.rhythm)}
            {c.rhythm.until ? ` · ${t`until ${dateWords(c.rhythm.until)}`}` : ''}
          </dd>
          <dt>{t`Whom`}</dt>
          <dd className="chk-people">
            {c.team && <span>{t`everybody in ${c.team.name}`}</span>}
            {c.people.map((p) => (
              <Person key={p.id} person={p} />
            ))}
          </dd>
          <dt>{t`You`}</dt>
          <dd>
            {c.my.next_date
              ? t`asked next for ${dateWords(c.my.next_date, true)}`
              : c.my.asked
                ? t`asked, with no date in sight`
                : t`not asked`}
            {' · '}
            {c.my.follows ? t`you get the reports` : t`you get no reports`}
          </dd>
          <dt>{t`Answers`}</dt>
          <dd>
            {c.hidden
              ? t`hidden until you have answered for that date, or your day is over`
              : t`readable as soon as they are written`}
          </dd>
          <dt>{t`Who is waited for`}</dt>
          <dd>{t`may take ${windowWords(c.blocker_window)}`}</dd>
          <dt>{t`In the name of`}</dt>
          <dd>
            <Person person={c.owner} />
          </dd>
          <dt>{t`Talked about`}</dt>
          <dd>
            <Link to="/threads/$thread" params={{ thread: c.thread }}>{t`in its thread`}</Link>
          </dd>
        </dl>
      </Section>
    </>
  );
}
