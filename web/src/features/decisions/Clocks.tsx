import { createContext, use } from 'react';
import { useMe } from '~/api/queries';
import { cityOf, clockOf, daysAway, offsetOf, worded } from '~/kit/time';

/** The zones of those entitled, so that a time can be said in everybody's clock. */
export const Zones = createContext<string[]>([]);

/** A stretch of time on the clocks of all who take part, those that show the same together. */
export function Clocks({ start, end }: { start: string; end: string | null }) {
  const mine = useMe().person.zone;
  const zones = use(Zones);
  const at = Date.parse(start);
  const by = new Map<number, string[]>();
  for (const zone of zones) {
    const offset = offsetOf(at, zone);
    if (offset === offsetOf(at, mine)) continue;
    by.set(offset, [...new Set([...(by.get(offset) ?? []), cityOf(zone)])]);
  }
  const zoneOf = (offset: number) => zones.find((z) => offsetOf(at, z) === offset) ?? mine;
  const list = [...by].sort(([a], [b]) => a - b);
  return (
    <span className="dec-clocks">
      <span>
        {clockOf(start, mine)}
        {end && `–${clockOf(end, mine)}`} <span className="due-note">{cityOf(mine)}</span>
      </span>
      {list.map(([offset, cities]) => {
        const zone = zoneOf(offset);
        const away = daysAway(start, at, zone) - daysAway(start, at, mine);
        const other = worded(start, zone, { weekday: 'short' });
        const differs = away !== 0 || other !== worded(start, mine, { weekday: 'short' });
        return (
          <span key={offset} data-night={isNight(start, zone) || undefined}>
            {differs && `${other} `}
            {clockOf(start, zone)} <span className="due-note">{cities.join(', ')}</span>
          </span>
        );
      })}
    </span>
  );
}

function isNight(at: string, zone: string): boolean {
  const hour = Number(clockOf(at, zone).slice(0, 2));
  return hour < 7 || hour >= 21;
}
