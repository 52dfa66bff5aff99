import { t } from '@lingui/core/macro';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Overlap } from '~/api/types';
import { Face, Name } from '~/kit';
import { cityOf, clockOf, worded } from '~/kit/time';
import { barsOf, placeIn, type Stretch, shadeOf, stretchOf, ticksOf } from './map';
import { apartWords, hoursWords } from './words';

const dayName = (at: number, zone: string) => worded(at, zone, { weekday: 'short', day: 'numeric' });

/** Who works when, on the reader's clock: a line a person, and where they meet below. Drawn by hand. */
export function OverlapMap({ map, date, days }: { map: Overlap; date: string; days: number }) {
  const zone = useMe().person.zone;
  const stretch = stretchOf(date, days, zone);
  const common = map.people.length > 1;
  return (
    <div className="map">
      <Scale date={date} days={days} stretch={stretch} zone={zone} />
      <ul className="map-lines" aria-label={t`Hours of each person, on your clock`}>
        {map.people.map((line) => (
          <PersonLine key={line.person.id} line={line} stretch={stretch} days={days} zone={zone} />
        ))}
      </ul>
      {common && <CommonLine map={map} stretch={stretch} days={days} zone={zone} />}
    </div>
  );
}

type Along = { stretch: Stretch; days: number; zone: string };

function Scale({ date, days, stretch, zone }: Along & { date: string }) {
  return (
    <div className="map-line map-scale" aria-hidden>
      <span className="map-who">{t`your clock, ${cityOf(zone)}`}</span>
      <svg className="map-bar" height={18} width="100%" role="presentation">
        {ticksOf(date, days, zone, 3).map((at) => {
          const x = placeIn(at, stretch) ?? 0;
          return (
            <text key={at} x={`${x}%`} y={13} dx={x === 0 ? 0 : days > 1 ? 4 : -14} className="map-tick">
              {days > 1 ? dayName(at, zone) : clockOf(at, zone)}
            </text>
          );
        })}
      </svg>
    </div>
  );
}

function PersonLine({ line, stretch, days, zone }: Along & { line: Overlap['people'][number] }) {
  const now = useNow();
  const { person } = line;
  const bars = barsOf(line.ranges, stretch);
  const mine = bars.map((b) => `${clockOf(b.from, zone)}–${clockOf(b.to, zone)}`).join(', ');
  const theirs = hoursWords(
    bars.map((b) => ({ from: new Date(b.from).toISOString(), to: new Date(b.to).toISOString() })),
    person.zone,
  );
  const words =
    bars.length === 0 ? t`no working hours` : t`${mine} on your clock; ${theirs} in ${cityOf(person.zone)}`;
  return (
    <li className="map-line">
      <span className="map-who">
        <Face name={person.name} size={26} />
        <span className="map-words">
          <Name person={person} />
          <span className="map-note">
            {line.absent ? t`away` : `${clockOf(now, person.zone)} ${cityOf(person.zone)}`}
          </span>
        </span>
      </span>
      <svg
        className="map-bar"
        height={34}
        width="100%"
        role="img"
        aria-label={t`${person.name}: ${days > 1 ? t`${bars.length} stretches of work` : words}`}
      >
        <Ground stretch={stretch} days={days} height={34} />
        {bars.map((b) => (
          <rect
            key={b.from}
            x={`${b.start}%`}
            width={`${b.size}%`}
            y={5}
            height={24}
            rx={5}
            className="map-work"
          >
            <title>{`${clockOf(b.from, zone)}–${clockOf(b.to, zone)} · ${cityOf(person.zone)} ${clockOf(b.from, person.zone)}–${clockOf(b.to, person.zone)} · ${apartWords(b.from, person.zone, zone)}`}</title>
          </rect>
        ))}
        {days === 1 &&
          bars
            .filter((b) => b.size > 8.5)
            .map((b) => (
              <text
                key={b.from}
                x={`${b.start}%`}
                dx={7}
                y={21}
                className="map-local"
                data-wide={b.size > 21 || undefined}
              >
                {`${clockOf(b.from, person.zone)}–${clockOf(b.to, person.zone)}`}
              </text>
            ))}
        {bars.length === 0 && (
          <text x="50%" y={21} className="map-none">
            {line.absent ? t`away` : t`not working`}
          </text>
        )}
        <Now stretch={stretch} height={34} />
      </svg>
    </li>
  );
}

function CommonLine({ map, stretch, days, zone }: Along & { map: Overlap }) {
  const all = map.people.length;
  const parts = map.common.flatMap((c) => barsOf([c], stretch).map((b) => ({ ...b, n: c.n })));
  const words = parts
    .map((p) => t`${p.n} of ${all} ${clockOf(p.from, zone)}–${clockOf(p.to, zone)}`)
    .join(', ');
  return (
    <div className="map-line map-common">
      <span className="map-who">
        <span className="map-words">
          <strong>{t`Together`}</strong>
          <span className="map-note">{t`the darker, the more of ${all}`}</span>
        </span>
      </span>
      <svg
        className="map-bar"
        height={38}
        width="100%"
        role="img"
        aria-label={
          days > 1 ? t`Times at which several work at once` : words || t`No two work at the same time`
        }
      >
        <Ground stretch={stretch} days={days} height={38} />
        {parts.map((p) => (
          <g key={p.from}>
            <rect
              x={`${p.start}%`}
              width={`${p.size}%`}
              y={4}
              height={30}
              className="map-together"
              data-all={p.n >= all || undefined}
              fillOpacity={shadeOf(p.n, all)}
            >
              <title>{t`${p.n} of ${all}, ${clockOf(p.from, zone)}–${clockOf(p.to, zone)}`}</title>
            </rect>
            {days === 1 && p.size > 3 && (
              <text
                x={`${p.start + p.size / 2}%`}
                y={23}
                className="map-n"
                data-all={p.n >= all || undefined}
              >
                {p.n}
              </text>
            )}
          </g>
        ))}
        <Now stretch={stretch} height={38} />
      </svg>
    </div>
  );
}

/** Hairlines: every three hours of a day, or each midnight of a week. */
function Ground({ stretch, days, height }: { stretch: Stretch; days: number; height: number }) {
  const n = days > 1 ? days : 8;
  return (
    <>
      <rect width="100%" height={height - 6} y={3} rx={6} className="map-ground" />
      {Array.from({ length: n - 1 }, (_, i) => (
        <line
          key={i}
          x1={`${(100 * (i + 1)) / n}%`}
          x2={`${(100 * (i + 1)) / n}%`}
          y1={3}
          y2={height - 3}
          className="map-hair"
          data-stretch={stretch.from}
        />
      ))}
    </>
  );
}

function Now({ stretch, height }: { stretch: Stretch; height: number }) {
  const x = placeIn(useNow(), stretch);
  if (x === null) return null;
  return <line x1={`${x}%`} x2={`${x}%`} y1={0} y2={height} className="map-now" />;
}
