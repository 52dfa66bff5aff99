/** The minutes of a day, all around a dial of 24 hours. */
export const dayLength = 1440;

/** The outline of a piece of a ring between two radii; midnight is at the top. */
export function arcOf(from: number, to: number, outer: number, inner: number): string {
  // A full circle has no beginning to draw from: it is cut a hair short.
  const end = Math.min(to, from + dayLength - 0.01);
  const point = (minute: number, r: number) => {
    const a = (minute / dayLength) * 2 * Math.PI;
    return `${(r * Math.sin(a)).toFixed(2)} ${(-r * Math.cos(a)).toFixed(2)}`;
  };
  const large = end - from > dayLength / 2 ? 1 : 0;
  return (
    `M ${point(from, outer)} A ${outer} ${outer} 0 ${large} 1 ${point(end, outer)} ` +
    `L ${point(end, inner)} A ${inner} ${inner} 0 ${large} 0 ${point(from, inner)} Z`
  );
}
