import { plural, t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Count, Decision, Result } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { Section } from '~/kit';
import { votersQuery } from './api';
import { Bars } from './Bars';
import { DuelTable } from './DuelTable';
import { RoundFlow } from './RoundFlow';
import { optionName } from './words';

/** How the votes stand, or what was counted; while it is hidden, until when. */
export function Results({ decision: d }: { decision: Decision }) {
  const voters = useInfiniteQuery(votersQuery(d.id));
  if (d.kind === 'advice' || d.state === 'withdrawn') return null;
  const title = d.state === 'open' ? t`How it stands` : t`What was counted`;
  if (!d.result) {
    if (!d.hidden && !voters.isSuccess) return null;
    return d.hidden ? (
      <Section title={title}>
        <p className="dec-note">
          {d.hidden === 'until_voted'
            ? t`Hidden until you have had your say, so that nobody copies.`
            : t`Hidden until the end, for everybody.`}
        </p>
      </Section>
    ) : null;
  }
  return (
    <Section title={title}>
      <Told decision={d} result={d.result} />
    </Section>
  );
}

function Told({ decision: d, result }: { decision: Decision; result: Result }) {
  const zone = useMe().person.zone;
  const name = (key: string) => {
    const stance: Record<string, string> = {
      agree: t`consent`,
      abstain: t`abstain`,
      concern: t`consent, with a concern`,
      objection: t`object`,
    };
    const o = d.options.find((x) => x.key === key);
    return o ? optionName(o, zone) : (stance[key] ?? key);
  };
  if (result.unopened)
    return (
      <p>
        {result.unopened === 'few'
          ? t`Fewer than five ballots were cast. So that nobody can be guessed, none was opened, and nothing was counted.`
          : t`The key of this vote was lost, so that no ballot can ever be opened. It has to be held again.`}
      </p>
    );
  const { count } = result;
  const sense = d.kind === 'sense_check';
  const said = count.turnout.counted > 0;
  return (
    <div className="dec-results">
      <p className="dec-verdict">
        <strong>{sense ? spreadWords(result, d.state === 'open') : verdict(d, count, name)}</strong>
      </p>
      {result.missing > 0 && (
        <p className="wrong" role="alert">
          {t`${result.missing} ballots are missing of those who voted: the ballots were tampered with.`}
        </p>
      )}
      {!!result.silent && d.state !== 'open' && <p className="due-note">{silentWords(result)}</p>}
      {said && <Bars decision={d} count={count} name={name} />}
      {said && !!count.rounds?.length && <RoundFlow count={count} name={name} />}
      {said && count.duels && d.rules.method !== 'borda' && <DuelTable count={count} name={name} />}
      {said && !sense && <Ties count={count} name={name} />}
    </div>
  );
}

const noBallots = (open: boolean) => (open ? t`No ballots yet.` : t`Nobody voted.`);

function verdict(d: Decision, c: Count, name: (key: string) => string): string {
  const open = d.state === 'open';
  if (c.turnout.counted + c.turnout.blank === 0) return noBallots(open);
  if (d.kind === 'consent') {
    if (c.outcome === 'objected')
      return settled(d, c) ? t`No objection stands: they were settled in writing.` : t`An objection stands.`;
    return c.outcome === 'no_quorum' ? quorumWords(c) : t`No objection.`;
  }
  const names = c.winners.map(name).join(', ');
  switch (c.outcome) {
    case 'decided':
      return open ? t`Ahead now: ${names}` : t`Counted: ${names}`;
    case 'no_quorum':
      return quorumWords(c);
    case 'no_majority':
      return t`Nothing reached the ${c.needed ?? 0} votes that it takes.`;
    case 'no_votes':
      return t`Nobody chose anything.`;
  }
  return '';
}

/** Whether each objection of a ballot was resolved or overruled; ballots tell what was said first. */
function settled(d: Decision, c: Count): boolean {
  const said = c.figures.find((f) => f.option === 'objection')?.votes ?? 0;
  return d.objections.filter((o) => !o.late && o.state !== 'standing').length >= said;
}

/** Of a sense check: whether people agree. No word wins. */
function spreadWords({ count, spread }: Result, open: boolean): string {
  const n = count.turnout.counted;
  if (n + count.turnout.blank === 0) return noBallots(open);
  if (n === 0) return t`Nobody chose anything.`;
  switch (spread?.verdict) {
    case 'agreement':
      return t`People agree.`;
    case 'split':
      return t`People are split.`;
    case 'mixed':
      return t`Opinions are mixed.`;
  }
  return t`Too few to say whether people agree.`;
}

const quorumWords = (c: Count) =>
  t`The quorum of ${c.turnout.quorum ?? 0} is not reached: ${c.turnout.counted + c.turnout.blank} took part.`;

function silentWords(r: Result): string {
  const n = r.silent;
  switch (r.silent_as) {
    case 'consent':
      return plural(n, {
        one: '# was silent, which counts as consent.',
        other: '# were silent, which counts as consent.',
      });
    case 'abstain':
      return plural(n, {
        one: '# was silent, which counts as abstaining.',
        other: '# were silent, which counts as abstaining.',
      });
    case 'decider':
      return plural(n, {
        one: '# was silent; the decider decides in their stead.',
        other: '# were silent; the decider decides in their stead.',
      });
  }
  return plural(n, {
    one: '# was silent, and is not counted.',
    other: '# were silent, and are not counted.',
  });
}

/** Each moment in which equals had to be told apart, and by what. */
function Ties({ count, name }: { count: Count; name: (key: string) => string }) {
  if (!count.ties?.length) return null;
  return (
    <div className="dec-ties">
      <h3>{t`Ties, and how they were broken`}</h3>
      <ul>
        {count.ties.map((tie, i) => {
          const equal = (tie.options ?? []).map(name).join(', ');
          const chosen = (tie.chosen ?? []).map(name).join(', ');
          const where = tie.round ? t`Round ${tie.round}: ` : '';
          return (
            <li key={i}>
              {where}
              {tie.for === 'win'
                ? t`${equal} were equal. By the tie order ${chosen} came first.`
                : tie.for === 'exclude'
                  ? t`${equal} had the fewest. By the tie order ${chosen} left.`
                  : tie.for === 'transfer'
                    ? t`${equal} passed on as much. By the tie order ${chosen} went first.`
                    : t`Victories of ${equal} were equally clear, and were taken in the tie order.`}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
