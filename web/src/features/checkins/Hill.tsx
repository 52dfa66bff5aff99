import { t } from '@lingui/core/macro';
import { initialsOf } from '~/kit';
import { hillWord } from './words';

const [wide, high, base] = [300, 78, 66];
const x = (n: number) => 12 + (n / 100) * (wide - 24);
const y = (n: number) => base - ((1 - Math.cos((n / 50) * Math.PI)) / 2) * 52;
const line = Array.from({ length: 51 }, (_, i) => `${x(i * 2).toFixed(1)},${y(i * 2).toFixed(1)}`).join(' ');

export type OnHill = { at: number; name: string; from?: number };

/** How far apart, of 100, two must stand so that one does not cover the other. */
const apart = 7.5;

/** Dots that would cover each other stand one above the other, as on a stair. */
export function stacked(dots: OnHill[]): (OnHill & { up: number })[] {
  const out: (OnHill & { up: number })[] = [];
  for (const d of dots.toSorted((a, b) => a.at - b.at)) {
    const near = out.filter((o) => d.at - o.at < apart).map((o) => o.up);
    let up = 0;
    while (near.includes(up)) up++;
    out.push({ ...d, up });
  }
  return out;
}

/** The hill with who or what stands where; where it came from as a faint trail. */
export function Hill({ dots, label }: { dots: OnHill[]; label: string }) {
  const words = dots.map((d) => `${d.name}: ${hillWord(d.at)} (${d.at})`).join('; ');
  const all = stacked(dots);
  const top = Math.min(0, ...all.map((d) => y(d.at) - d.up * 21 - 12));
  return (
    <div className="chk-hill-box">
      <svg
        className="chk-hill"
        viewBox={`0 ${top} ${wide} ${high - top}`}
        role="img"
        aria-label={words ? `${label}: ${words}` : label}
      >
        <polyline points={line} className="chk-hill-line" />
        <line x1={wide / 2} x2={wide / 2} y1={8} y2={base} className="chk-hill-top" />
        {all.map(
          (d) =>
            d.from !== undefined &&
            d.from !== d.at && (
              <circle key={d.name} cx={x(d.from)} cy={y(d.from)} r={4} className="chk-hill-was" />
            ),
        )}
        {all.map((d) => (
          <g key={d.name} transform={`translate(${x(d.at)} ${y(d.at) - d.up * 21})`}>
            <title>{d.name && `${d.name}: ${d.at}, ${hillWord(d.at)}`}</title>
            <circle r={d.name ? 10 : 7} className="chk-hill-dot" />
            {d.name && (
              <text y={3.2} className="chk-hill-who" aria-hidden>
                {initialsOf(d.name)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <div className="chk-hill-notes" aria-hidden>
        <bdi>{t`figuring it out`}</bdi>
        <bdi>{t`getting it done`}</bdi>
      </div>
    </div>
  );
}
