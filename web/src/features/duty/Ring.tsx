import { t } from '@lingui/core/macro';
import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Rota } from '~/api/urgent';
import { cityOf, dateOf, instantOf, minuteOf, worded } from '~/kit/time';
import { arcOf, huesOf, nextDate, piecesOf } from './ring';

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(Math.round(minute) % 60).padStart(2, '0')}`;

/** One day of a rota on a ring of 24 hours: who is on duty, and where nobody is. */
export function Ring({ rota }: { rota: Rota }) {
  const me = useMe().person;
  const now = useNow();
  const [utc, setUTC] = useState(false);
  const zone = utc ? 'UTC' : me.zone;
  const today = dateOf(now, zone);
  const [away, setAway] = useState(0);
  const date = nextDate(today, away);
  const hues = huesOf(rota);
  const hue = (name: string) => `hue-${hues.get(name) ?? 7}`;
  const pieces = piecesOf(rota, date, zone);
  const day = worded(instantOf(date, '12:00', zone), zone, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  const words = pieces.map((p) => `${clock(p.from)}–${clock(p.to)} ${p.name ?? t`nobody`}`).join(', ');
  const hand = (minuteOf(now, zone) / 1440) * 2 * Math.PI;
  return (
    <figure className="ring">
      <svg viewBox="-120 -120 240 240" role="img" aria-label={t`Duty on ${day}: ${words}`}>
        {pieces.map((p) => (
          <path
            key={`${p.from} ${p.name}`}
            d={arcOf(p.from, p.to, 100, 68)}
            className={p.name ? `ring-piece ${hue(p.name)}` : 'ring-gap'}
          >
            <title>{`${clock(p.from)}–${clock(p.to)} ${p.name ?? t`Nobody is on duty`}`}</title>
          </path>
        ))}
        {[0, 6, 12, 18].map((h) => {
          const a = (h / 24) * 2 * Math.PI;
          return (
            <text key={h} x={112 * Math.sin(a)} y={-112 * Math.cos(a) + 4} className="ring-hour" aria-hidden>
              {h}
            </text>
          );
        })}
        {away === 0 && (
          <line
            className="ring-now"
            x1={62 * Math.sin(hand)}
            y1={-62 * Math.cos(hand)}
            x2={104 * Math.sin(hand)}
            y2={-104 * Math.cos(hand)}
          />
        )}
        <text className="ring-name" y={-2} aria-hidden>
          {away === 0 ? (rota.now?.person.name ?? t`Nobody`) : ''}
        </text>
        <text className="ring-note" y={16} aria-hidden>
          {away === 0 ? t`on duty now` : ''}
        </text>
      </svg>
      <figcaption>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={away <= 0}
          aria-label={t`The day before`}
          onClick={() => setAway(away - 1)}
        >
          <IconChevronLeft size={16} className="turns" />
        </ActionIcon>
        <span>{day}</span>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={away >= 12}
          aria-label={t`The day after`}
          onClick={() => setAway(away + 1)}
        >
          <IconChevronRight size={16} className="turns" />
        </ActionIcon>
      </figcaption>
      <SegmentedControl
        size="xs"
        aria-label={t`Clock of the ring`}
        value={utc ? 'utc' : 'own'}
        onChange={(v) => setUTC(v === 'utc')}
        data={[
          { value: 'own', label: t`Your clock, ${cityOf(me.zone)}` },
          { value: 'utc', label: t`UTC` },
        ]}
      />
      <ul className="ring-key" aria-hidden>
        {[...new Set(pieces.map((p) => p.name))].map((name) => (
          <li key={name ?? ''}>
            <span className={name ? `ring-dot ring-piece ${hue(name)}` : 'ring-dot ring-dot-gap'} />
            {name ?? t`Nobody`}
          </li>
        ))}
      </ul>
    </figure>
  );
}
