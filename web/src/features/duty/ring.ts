import type { Rota } from '~/api/urgent';
import { arcOf, dayLength } from '~/kit/dial';
import { instantOf } from '~/kit/time';

/** A piece of one day on the ring, in minutes from its beginning. */
export type Piece = { from: number; to: number; name: string | null };

export { arcOf, dayLength };

/**
 * The duty of one local date, for a ring of 24 hours: pieces with somebody's name, and
 * gaps without. A day of 23 or 25 hours is drawn as the clock shows it.
 */
export function piecesOf(rota: Pick<Rota, 'shifts' | 'gaps'>, date: string, zone: string): Piece[] {
  const start = instantOf(date, '00:00', zone);
  const end = instantOf(nextDate(date), '00:00', zone);
  const scale = dayLength / ((end - start) / 60_000);
  const cut = (from: string, to: string, name: string | null): Piece | null => {
    const lo = Math.max(Date.parse(from), start);
    const hi = Math.min(Date.parse(to), end);
    if (lo >= hi) return null;
    return { from: ((lo - start) / 60_000) * scale, to: ((hi - start) / 60_000) * scale, name };
  };
  return [
    ...rota.shifts.map((s) => cut(s.from, s.to, s.person.name)),
    ...rota.gaps.map((g) => cut(g.from, g.to, null)),
  ]
    .filter((p): p is Piece => p !== null)
    .sort((a, b) => a.from - b.from);
}

export function nextDate(date: string, days = 1): string {
  const d = new Date(`${date}T12:00:00Z`);
  d.setUTCDate(d.getUTCDate() + days);
  return d.toISOString().slice(0, 10);
}

/** A hue for each person of a rota, apart from their neighbours' as far as there are enough. */
export function huesOf(rota: Pick<Rota, 'layers' | 'shifts'>): Map<string, number> {
  const hues = new Map<string, number>();
  const names = [...rota.layers.flatMap((l) => l.people), ...rota.shifts.map((s) => s.person)].map(
    (p) => p.name,
  );
  for (const name of names) if (!hues.has(name)) hues.set(name, (4 + hues.size * 5) % 8);
  return hues;
}
