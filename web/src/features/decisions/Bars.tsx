import { t } from '@lingui/core/macro';
import type { Count, Decision, Spread } from '~/api/decisions';

type Props = { decision: Decision; count: Count; name: (key: string) => string };

/** A bar for each option, best first; with scores also how people spread over them. */
export function Bars({ decision: d, count, name }: Props) {
  const asked = d.kind === 'consent' || d.kind === 'sense_check';
  const rank = new Map(count.places.flatMap((p) => (p.options ?? []).map((o) => [o, p.rank] as const)));
  const list = asked
    ? count.figures
    : [...count.figures].sort((a, b) => (rank.get(a.option) ?? 99) - (rank.get(b.option) ?? 99));
  const all = list.reduce((sum, f) => sum + f.votes, 0);
  const best = d.kind === 'sense_check' ? Math.max(1, all) : Math.max(1, ...list.map((f) => f.total));
  const chosen = (key: string) => count.winners.includes(key) && d.kind !== 'consent';
  const pair = count.duels && d.rules.method !== 'borda';
  return (
    <ul className="dec-bars" aria-label={t`Votes for each option`}>
      {list.map((f) => {
        const value = pair || count.rounds?.length ? f.votes : f.total;
        const most = pair || count.rounds?.length ? Math.max(1, ...list.map((x) => x.votes)) : best;
        return (
          <li key={f.option} data-chosen={chosen(f.option) || undefined}>
            <span className="dec-bar-name">
              {rank.get(f.option) !== undefined && !asked && (
                <span className="dec-place">{rank.get(f.option)}</span>
              )}
              <bdi>{name(f.option)}</bdi>
              {chosen(f.option) && <span className="hidden-words"> {t`ahead`}</span>}
            </span>
            <span className="dec-bar" aria-hidden>
              <span style={{ inlineSize: `${(100 * Math.max(0, value)) / most}%` }} />
            </span>
            <span className="dec-bar-value">
              {d.kind === 'sense_check'
                ? t`${f.votes} · ${Math.round((100 * f.votes) / Math.max(1, all))} %`
                : valueWords(d, value, f.votes)}
            </span>
            {f.spread && f.spread.ratings > 0 && <SpreadOf d={d} spread={f.spread} />}
          </li>
        );
      })}
    </ul>
  );
}

const short = (n: number) => String(Math.round(n * 100) / 100);

function valueWords(d: Decision, value: number, votes: number): string {
  switch (d.kind) {
    case 'score':
      return t`${short(value)} points from ${short(votes)}`;
    case 'dots':
      return value === 1 ? t`1 dot` : t`${short(value)} dots`;
    case 'time':
      return value === 1 ? t`1 can` : t`${short(value)} can`;
    case 'ranked':
      if (d.rules.method === 'borda') return t`${short(value)} points`;
      return value === 1 ? t`1 first place` : t`${short(value)} first places`;
  }
  return value === 1 ? t`1 vote` : t`${short(value)} votes`;
}

/** How the numbers given to one option lie on their scale, and whether people agree. */
function SpreadOf({ d, spread }: { d: Decision; spread: Spread }) {
  const most = d.rules.most || 2;
  const values = spread.values ?? [];
  const top = Math.max(1, ...values.map((v) => v.votes));
  const at = (n: number) => values.find((v) => v.value === n)?.votes ?? 0;
  const time = [t`no`, t`if need be`, t`yes`];
  const words = values.map((v) => `${v.votes} × ${d.kind === 'time' ? time[v.value] : v.value}`).join(', ');
  const verdict = { agreement: t`people agree`, mixed: t`mixed`, split: t`people are split` }[
    spread.verdict ?? ''
  ];
  return (
    <span className="dec-spread">
      {most <= 20 && (
        <span className="dec-spread-bars" aria-hidden>
          {Array.from({ length: most + 1 }, (_, n) => (
            <span key={n} style={{ blockSize: `${(100 * at(n)) / top}%` }} title={`${n}: ${at(n)}`} />
          ))}
        </span>
      )}
      <span className="due-note">
        {words}
        {verdict && ` · ${verdict}`}
      </span>
    </span>
  );
}
