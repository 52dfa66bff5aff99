import { t } from '@lingui/core/macro';
import type { IdeaResult, VoteRule } from '~/api/brainstorms';
import { signed } from './VoteField';

const quadrantWord = (q: string): string =>
  ({ quick_win: t`quick win`, big_bet: t`big bet`, fill_in: t`fill-in`, time_sink: t`time sink` })[q] ?? q;

/** Whether people agreed, in a word; empty when too few voted to say, or nobody gave it anything. */
export const spreadTag = (r: IdeaResult, rule: VoteRule): string =>
  r.score === 0 && (rule.method === 'dots' || rule.method === 'points')
    ? ''
    : ({ agreement: t`Agreement`, mixed: t`Mixed`, split: t`Split` }[r.spread ?? ''] ?? '');

/** How far an idea came: a bar by its score, and below it how the votes lie. */
export function Bar({ result: r, rule, top }: { result: IdeaResult; rule: VoteRule; top: number }) {
  return (
    <div className="bs-bars">
      <span className="bs-score">{scoreWords(r, rule)}</span>
      <span className="bs-track" aria-hidden>
        <span
          className="bs-fill"
          data-minus={r.score < 0 || undefined}
          style={{ inlineSize: `${Math.max(1, (Math.abs(r.score) / top) * 100)}%` }}
        />
      </span>
      <Counts result={r} />
    </div>
  );
}

function scoreWords(r: IdeaResult, rule: VoteRule): string {
  const n = r.voters;
  const from = n === 0 ? '' : n === 1 ? t` from 1 person` : t` from ${n} people`;
  if (rule.method === 'impact_effort') {
    if (!r.effort) return t`score ${round(r.score)}`;
    return t`impact ${round(r.mean)}, effort ${round(r.effort)}${from}${r.quadrant ? `: ${quadrantWord(r.quadrant)}` : ''}`;
  }
  if (rule.method === 'dots') return (r.score === 1 ? t`1 dot` : t`${r.score} dots`) + from;
  if (rule.method === 'points') return t`${r.score} points` + from;
  return t`${signed(r.score)} in all` + from;
}

/** How often each value was given: small columns, said in words for those who do not see them. */
function Counts({ result }: { result: IdeaResult }) {
  const all = Object.entries(result.counts ?? {})
    .map(([value, n]) => ({ value: Number(value), n }))
    .sort((x, y) => x.value - y.value);
  if (all.length === 0 || result.voters < 2) return null;
  const most = Math.max(...all.map((c) => c.n));
  const words = all.map((c) => t`${signed(c.value)}: ${c.n} times`).join(', ');
  return (
    <span className="bs-counts" role="img" aria-label={t`How the votes lie: ${words}`} title={words}>
      {all.slice(0, 12).map((c) => (
        <span key={c.value}>
          <i style={{ blockSize: `${Math.max(2, (c.n / most) * 22)}px` }} />
          <small>{c.value}</small>
        </span>
      ))}
    </span>
  );
}

const round = (v: number) => Math.round(v * 10) / 10;
