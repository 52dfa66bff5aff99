import { t } from '@lingui/core/macro';
import { useId } from 'react';

/** A value of the week that begins on a Monday. */
export type Point = { monday: string; value: number };

type Props = {
  label: string;
  points: Point[];
  lo: number;
  hi: number;
  /** How a week is said, in short and in full. */
  week: (monday: string) => string;
  /** How a value is said; on the axis in short. */
  words: (value: number) => string;
  axis?: (value: number) => string;
};

const [wide, high, edge] = [600, 120, 10];
const day = 86_400_000;

/**
 * Values over weeks, each in its place: a week without a figure leaves a gap. What the curve
 * shows is said in words below it, and all values stand in a table.
 */
export function Curve({ label, points, lo, hi, week, words, axis = words }: Props) {
  const id = useId();
  const at = (p: Point) => Date.parse(p.monday);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const span = at(last) - at(first);
  const x = (p: Point) => (span ? edge + ((at(p) - at(first)) / span) * (wide - 2 * edge) : wide / 2);
  const y = (v: number) => high - edge - ((v - lo) / (hi - lo || 1)) * (high - 2 * edge);
  const ticks = [hi, (lo + hi) / 2, lo];
  return (
    <figure className="chk-curve" aria-labelledby={id}>
      <div className="chk-plot" aria-hidden>
        <div className="chk-axis">
          {ticks.map((v) => (
            <bdi key={v}>{axis(v)}</bdi>
          ))}
        </div>
        <svg viewBox={`0 0 ${wide} ${high}`} preserveAspectRatio="none" aria-hidden>
          {ticks.map((v) => (
            <line key={v} x1={0} x2={wide} y1={y(v)} y2={y(v)} className="chk-grid" />
          ))}
          {unbroken(points).map((run) => (
            <polyline
              key={run[0]?.monday}
              points={run.map((p) => `${x(p)},${y(p.value)}`).join(' ')}
              className="chk-line"
            />
          ))}
          {/* A line of no length with round ends stays round however wide the drawing is. */}
          {points.map((p) => (
            <path
              key={p.monday}
              d={`M${x(p)} ${y(p.value)}h0`}
              className="chk-point"
              data-many={points.length > 40 || undefined}
            >
              <title>{`${week(p.monday)}: ${words(p.value)}`}</title>
            </path>
          ))}
        </svg>
        <div className="chk-weeks">
          <bdi>{week(first.monday)}</bdi>
          {span > 0 && <bdi>{week(last.monday)}</bdi>}
        </div>
      </div>
      <figcaption>
        <p id={id}>
          <span className="hidden-words">{label}: </span>
          <b>{words(last.value)}</b> <span className="due-note">{inWords(points, week, words)}</span>
        </p>
        <details>
          <summary>
            {t`All values`}
            <span className="hidden-words">{label}</span>
          </summary>
          <table aria-label={label}>
            <thead>
              <tr>
                <th scope="col">{t`Week of`}</th>
                <th scope="col">{t`Value`}</th>
              </tr>
            </thead>
            <tbody>
              {points.toReversed().map((p) => (
                <tr key={p.monday}>
                  <th scope="row">{week(p.monday)}</th>
                  <td>{words(p.value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </figcaption>
    </figure>
  );
}

/** The runs of points that follow each other as closely as any two do. */
export function unbroken(points: Point[]): Point[][] {
  const far = (a: Point, b: Point) => (Date.parse(b.monday) - Date.parse(a.monday)) / day;
  const gaps = points.slice(1).map((p, i) => far(points[i] as Point, p));
  const usual = Math.min(...gaps) * 1.5;
  const runs: Point[][] = [];
  points.forEach((p, i) => {
    if (i === 0 || (gaps[i - 1] ?? 0) > usual) runs.push([p]);
    else runs.at(-1)?.push(p);
  });
  return runs;
}

/** What a curve shows, for whoever does not see it. */
function inWords(points: Point[], week: Props['week'], words: Props['words']): string {
  const last = points.at(-1);
  const before = points.at(-2);
  if (!last) return '';
  const when = t`in the week of ${week(last.monday)}`;
  if (!before) return when;
  const values = points.map((p) => p.value);
  const [least, most] = [words(Math.min(...values)), words(Math.max(...values))];
  const was =
    words(before.value) === words(last.value)
      ? t`as the time before`
      : t`${words(before.value)} the time before`;
  if (points.length < 3) return `${when}; ${was}`;
  return least === most
    ? `${when}; ${t`the same all the time`}`
    : `${when}; ${was}; ${t`between ${least} and ${most} so far`}`;
}
