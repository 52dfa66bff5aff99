import { t } from '@lingui/core/macro';
import type { Count, Round } from '~/api/decisions';
import { flowOf } from './flow';

type Props = { count: Count; name: (key: string) => string };

const bar = 12;
const room = 260;
const short = (n: number) => String(Math.round(n * 100) / 100);

/** The rounds of a count drawn as votes that go from column to column, and told in words. */
export function RoundFlow({ count, name }: Props) {
  const rounds = count.rounds ?? [];
  const order = count.figures.map((f) => f.option);
  const flow = flowOf(rounds, order, room);
  const wide = window.innerWidth > 700 ? 900 : 0;
  const column = Math.max(130, Math.min(300, Math.floor(wide / Math.max(1, rounds.length))));
  const width = Math.max(1, rounds.length) * column;
  const hue = (key: string) => (key ? `dec-hue-${order.indexOf(key) % 8}` : 'dec-hue-none');
  const called = (key: string) => (key ? name(key) : t`nobody`);
  return (
    <div className="dec-rounds">
      <h3>{t`Round by round`}</h3>
      {count.needed ? <p className="due-note">{t`It takes ${count.needed} votes to be elected.`}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys as well */}
      <div className="dec-scroll" role="region" aria-label={t`Rounds drawn as transfers`} tabIndex={0}>
        <svg
          viewBox={`0 0 ${width} ${room + 26}`}
          width={width}
          height={room + 26}
          aria-hidden
          className="dec-flow"
        >
          {flow.ribbons.map((r) => {
            const [x1, x2] = [r.round * column + bar, (r.round + 1) * column];
            const mid = (x1 + x2) / 2;
            const [y1, y2] = [r.y1 + 22, r.y2 + 22];
            return (
              <path
                key={`${r.round} ${r.from} ${r.to}`}
                className={`dec-ribbon ${hue(r.from)}`}
                data-moves={r.from !== r.to || undefined}
                d={`M${x1} ${y1} C${mid} ${y1} ${mid} ${y2} ${x2} ${y2} V${y2 + r.size} C${mid} ${y2 + r.size} ${mid} ${y1 + r.size} ${x1} ${y1 + r.size} Z`}
              >
                <title>{`${called(r.from)} → ${called(r.to)}: ${short(r.votes)}`}</title>
              </path>
            );
          })}
          {flow.parts.map((p) => (
            <g key={`${p.round} ${p.key}`} transform={`translate(${p.round * column} ${p.y + 22})`}>
              <rect
                width={bar}
                height={p.size}
                rx={2}
                className={hue(p.key)}
                data-fate={p.fate || undefined}
              />
              <text x={bar + 5} y={Math.min(p.size, 22) / 2 + 4} className="dec-flow-words">
                {column >= 200 || p.round === 0 || p.fate ? `${clipped(called(p.key))} ` : ''}
                {short(p.votes)}
                {p.fate === 'elected' ? ' ✓' : p.fate === 'excluded' ? ' ✕' : ''}
              </text>
            </g>
          ))}
          {rounds.map((r, i) => (
            <text key={r.round} x={i * column} y={12} className="dec-flow-round">
              {t`Round ${r.round}`}
            </text>
          ))}
        </svg>
      </div>
      <ol className="dec-steps">
        {rounds.map((r) => (
          <li key={r.round}>{roundWords(r, name)}</li>
        ))}
      </ol>
    </div>
  );
}

const clipped = (s: string) => (s.length > 14 ? `${s.slice(0, 13)}…` : s);

/** A round in words: who holds what, who is elected or leaves, and where votes go. */
function roundWords(r: Round, name: (key: string) => string): string {
  const held = (r.votes ?? []).map((h) => `${name(h.option)} ${short(h.votes)}`).join(', ');
  const says = [`${held}.`];
  if (r.elected?.length) says.push(t`Elected: ${r.elected.map(name).join(', ')}.`);
  if (r.excluded?.length) says.push(t`Leaves: ${r.excluded.map(name).join(', ')}.`);
  const moves = (r.moves ?? []).map((m) =>
    m.to
      ? t`${short(m.votes)} from ${name(m.from)} to ${name(m.to)}`
      : t`${short(m.votes)} from ${name(m.from)} to nobody`,
  );
  if (moves.length) says.push(`${moves.join(', ')}.`);
  return says.join(' ');
}
