import { t } from '@lingui/core/macro';
import type { Chain, ChainMember } from '~/api/batons';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import { Face, Tag } from '~/kit';
import { arcOf } from '~/kit/dial';
import { cityOf, clockOf, minuteOf, shortWhen } from '~/kit/time';
import { arcsOf } from './dial';

const most = 8;
const outer = 104;
const step = 9;

/** A chain on the reader's clock of 24 hours: when each of its people works, and who comes next. */
export function ChainDial({ chain }: { chain: Chain }) {
  const me = useMe().person;
  const now = useNow();
  const hand = (minuteOf(now, me.zone) / 1440) * 2 * Math.PI;
  const drawn = chain.members.slice(0, most);
  const next = chain.members[0];
  const words = drawn.map((m) => `${m.person.name}: ${spans(m, me.zone)}`).join('; ');
  return (
    <div className="chain">
      <svg
        className="chain-dial"
        viewBox="-124 -124 248 248"
        role="img"
        aria-label={t`When the people of ${chain.name} work within a day, on your clock. ${words}`}
      >
        <circle r={outer + 4} className="chain-rim" />
        {drawn.map((m, i) => (
          <g key={m.person.id} className={`chain-arc hue-${hueAt(i)}`}>
            {arcsOf(m.hours, me.zone).map((a) => (
              <path
                key={a.from}
                d={arcOf(a.from, a.to, outer - i * step, outer - i * step - step + 2)}
                data-now={m.works || undefined}
              >
                <title>{`${m.person.name}: ${spans(m, me.zone)}`}</title>
              </path>
            ))}
          </g>
        ))}
        {[0, 6, 12, 18].map((h) => {
          const a = (h / 24) * 2 * Math.PI;
          return (
            <text key={h} x={116 * Math.sin(a)} y={-116 * Math.cos(a) + 4} className="chain-hour" aria-hidden>
              {h}
            </text>
          );
        })}
        <line
          className="chain-now"
          x1={24 * Math.sin(hand)}
          y1={-24 * Math.cos(hand)}
          x2={(outer + 4) * Math.sin(hand)}
          y2={-(outer + 4) * Math.cos(hand)}
        />
        {next && (
          <text className="chain-hour" y={4} aria-hidden>
            {clockOf(now, me.zone)}
          </text>
        )}
      </svg>
      <ol className="chain-list">
        {chain.members.map((m, i) => (
          <li key={m.person.id}>
            <span className={`chain-dot hue-${hueAt(i)}`} aria-hidden />
            <Face name={m.person.name} size={24} />
            <span className="chain-who">
              <bdi>{m.person.name}</bdi>{' '}
              <span className="due-note">{`${cityOf(m.person.zone)} ${clockOf(now, m.person.zone)}`}</span>
            </span>
            <span className="chain-when">
              {i === 0 && m.reach && <Tag hue="blue">{t`next`}</Tag>}{' '}
              {m.has > 0 && <Tag hue="violet">{m.has === 1 ? t`has one` : t`has ${m.has}`}</Tag>}{' '}
              <span className="due-note">{reachWords(m, now, me.zone)}</span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Neighbours differ, as far as there are hues. */
const hueAt = (i: number) => (4 + i * 5) % 8;

const spans = (m: ChainMember, zone: string) =>
  m.hours.length === 0
    ? t`not within a day`
    : m.hours.map((h) => `${clockOf(h.from, zone)}–${clockOf(h.to, zone)}`).join(', ');

function reachWords(m: ChainMember, now: number, zone: string): string {
  if (!m.reach) return t`cannot be reached`;
  if (Date.parse(m.reach) <= now + 60_000) return t`at work, sees it at once`;
  return t`sees it ${shortWhen(m.reach, now, zone)}`;
}
