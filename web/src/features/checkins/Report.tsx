import { t } from '@lingui/core/macro';
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { CheckinEntry, CheckinReport, CheckinSaid, CheckinVoice } from '~/api/checkins';
import { useMe } from '~/api/queries';
import { Face, Name, Section } from '~/kit';
import { Entry, EntryHead, Said } from './Entry';
import { Hill } from './Hill';
import { answeredWords, answerWords, questionWords } from './words';

export type By = 'person' | 'question';

/** Whether a report is read by person or by question; as it was chosen last on this device. */
export function useBy(): [By, (by: By) => void] {
  const [by, setBy] = useState<By>(() =>
    localStorage.getItem(place) === 'question' ? 'question' : 'person',
  );
  return [
    by,
    (next) => {
      localStorage.setItem(place, next);
      setBy(next);
    },
  ];
}
const place = 'meantime report by';

export const BySwitch = ({ by, set }: { by: By; set: (by: By) => void }) => (
  <SegmentedControl
    size="xs"
    aria-label={t`Read by`}
    value={by}
    onChange={(v) => set(v as By)}
    data={[
      { value: 'person', label: t`By person` },
      { value: 'question', label: t`By question` },
    ]}
  />
);

/** The answers of a report, of everybody's latest; how many there are, and never who is missing. */
export function Voices({ report, by, title }: { report: CheckinReport; by: By; title: string }) {
  const me = useMe().person.id;
  return (
    <Section title={title} actions={<span className="due-note">{answeredWords(report)}</span>}>
      {by === 'person' ? (
        <ul className="chk-voices">
          {speakingFirst(report.people).map((v) => (
            <li key={v.person.id}>
              <Entry entry={v.latest} mine={v.person.id === me} />
              {v.earlier.length > 0 && (
                <details className="chk-earlier">
                  <summary>{t`Earlier ones by ${v.person.name}: ${v.earlier.length}`}</summary>
                  {v.earlier.map((e) => (
                    <Entry key={e.turn} entry={e} bare />
                  ))}
                </details>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <ByQuestion report={report} />
      )}
    </Section>
  );
}

/** Whoever has nothing to say stands last. */
const speakingFirst = (list: CheckinVoice[]) => [
  ...list.filter((v) => !v.latest.nothing),
  ...list.filter((v) => v.latest.nothing),
];

type Answered = { entry: CheckinEntry; said: CheckinSaid };

/** The questions in their order, each with what people said to it. */
export function byQuestion(report: Pick<CheckinReport, 'people'>): { asked: string; list: Answered[] }[] {
  const found = new Map<string, { asked: string; list: Answered[] }>();
  for (const { latest } of report.people)
    for (const said of latest.said) {
      const asked = questionWords({ kind: said.kind, text: said.asked });
      const one = found.get(asked) ?? { asked, list: [] };
      one.list.push({ entry: latest, said });
      found.set(asked, one);
    }
  return [...found.values()];
}

/** Everybody on one hill, when the question is where on it something stands. */
function TogetherOnHill({ list }: { list: Answered[] }) {
  const dots = list.flatMap(({ entry, said }) =>
    said.kind === 'hill' && said.number !== undefined ? [{ at: said.number, name: entry.person.name }] : [],
  );
  return dots.length > 0 ? (
    <div className="chk-hill-large">
      <Hill dots={dots} label={t`The hill`} />
    </div>
  ) : null;
}

function ByQuestion({ report }: { report: CheckinReport }) {
  const silent = report.people.filter((v) => v.latest.nothing);
  return (
    <>
      {byQuestion(report).map(({ asked, list }) => (
        <section key={asked} className="chk-question">
          <h3>{asked}</h3>
          <TogetherOnHill list={list} />
          {list.map(({ entry, said }) => (
            <div key={entry.turn} className="chk-entry">
              <Face name={entry.person.name} size={26} />
              <div className="chk-entry-main">
                <EntryHead entry={entry} />
                {said.kind === 'hill' ? (
                  <p className="chk-plain">{answerWords(said.kind, said)}</p>
                ) : (
                  <Said said={said} who={entry.person.name} />
                )}
              </div>
            </div>
          ))}
        </section>
      ))}
      {silent.length > 0 && (
        <p className="chk-quiet">
          {t`Nothing to say:`}{' '}
          {silent.map((v, i) => (
            <span key={v.person.id}>
              {i > 0 && ', '}
              <Name person={v.person} />
            </span>
          ))}
        </p>
      )}
    </>
  );
}
