import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useNow } from '~/api/clock';
import type { DecisionPreview, Outlook } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { Face, Name } from '~/kit';
import { cityOf, whenOf, worded } from '~/kit/time';
import { barOf, midnightsIn, placeIn, type Stretch } from './strip';
import { hoursWords } from './words';

type Props = { preview: DecisionPreview; busy: boolean; onLeaveOut?: (person: string) => void };

/** By when it would end, and a line for each person: until when they have their share, and when they are off. */
export function FairStrip({ preview: p, busy, onLeaveOut }: Props) {
  const zone = useMe().person.zone;
  const now = useNow();
  if (!p.ends_at)
    return (
      <p className="dec-note">{t`Nobody of them has any working hours in sight, so it would never end.`}</p>
    );
  const stretch = { from: Date.parse(p.from), to: Date.parse(p.ends_at) };
  const out = p.without;
  return (
    <section className="dec-strip" aria-label={t`When it would end`} aria-busy={busy}>
      <h3 aria-live="polite">{t`Would end ${whenOf(p.ends_at, now, zone)}`}</h3>
      <div className="dec-strip-line dec-strip-scale" aria-hidden>
        <span />
        <span className="dec-track">
          {midnightsIn(stretch, zone, 6).map((at) => (
            <span key={at} style={{ insetInlineStart: `${placeIn(at, stretch)}%` }}>
              {worded(at, zone, { weekday: 'short', day: 'numeric' })}
            </span>
          ))}
        </span>
      </div>
      <ul>
        {p.people.map((o) => (
          <Line key={o.person.id} one={o} stretch={stretch} from={p.from} end={p.ends_at ?? ''} />
        ))}
      </ul>
      {p.warnings.length > 0 && (
        <ul className="dec-warnings">
          {p.warnings.map((w) => (
            <li key={w}>{w}</li>
          ))}
        </ul>
      )}
      {out && onLeaveOut && (
        <Button variant="default" size="compact-xs" onClick={() => onLeaveOut(out.person.id)}>
          {t`Leave ${out.person.name} out`}
        </Button>
      )}
    </section>
  );
}

type LineProps = { one: Outlook; stretch: Stretch; from: string; end: string };

function Line({ one: o, stretch, from, end }: LineProps) {
  const zone = useMe().person.zone;
  const now = useNow();
  const share = o.share_at;
  const bar = barOf(from, share ?? end, stretch);
  const theirs = o.person.zone;
  const at = share ?? end;
  const words = share
    ? t`has their share by ${whenOf(share, now, zone)}`
    : t`${hoursWords(o.minutes)} of working time before the end`;
  return (
    <li className="dec-strip-line" data-unfair={o.unfair || undefined}>
      <span className="dec-strip-who">
        <Face name={o.person.name} size={22} />
        <span>
          <Name person={o.person} />
          {o.guest && <span className="due-note"> {t`guest`}</span>}
        </span>
      </span>
      <span className="dec-track" aria-hidden>
        {bar && (
          <span
            className="dec-share"
            style={{ insetInlineStart: `${bar.start}%`, inlineSize: `${bar.size}%` }}
          />
        )}
        {o.off.map((x) => {
          const off = barOf(x.from, x.to, stretch);
          return (
            off && (
              <span
                key={x.from + x.to}
                className="dec-off"
                style={{ insetInlineStart: `${off.start}%`, inlineSize: `${off.size}%` }}
              />
            )
          );
        })}
      </span>
      <span className="dec-strip-words due-note">
        {words}
        {theirs !== zone && ` · ${t`${whenOf(at, now, theirs)} in ${cityOf(theirs)}`}`}
        {o.unfair && ` · ${t`unfair: less than half of what another has`}`}
        {o.outside_hours && !share && ` · ${t`ends outside their hours`}`}
      </span>
      <Longer one={o} />
    </li>
  );
}

/** What makes their share take long: holidays by their names, absences, short hours. */
function Longer({ one: o }: { one: Outlook }) {
  const zone = useMe().person.zone;
  const now = useNow();
  const off = o.off.filter((x) => x.longer);
  if (off.length === 0 && !o.short_hours) return null;
  return (
    <ul className="dec-strip-why due-note" aria-label={t`What makes it long for ${o.person.name}`}>
      {off.map((x) => (
        <li key={x.from + x.to + x.name}>
          {x.absence
            ? t`away ${whenOf(x.from, now, zone)} to ${whenOf(x.to, now, zone)}`
            : t`${x.name ?? ''} on ${worded(x.from, o.person.zone, { weekday: 'short', day: 'numeric', month: 'short' })}`}
          {' · '}
          {t`${hoursWords(x.minutes)} less`}
        </li>
      ))}
      {o.short_hours && <li>{t`works ${hoursWords(o.week_minutes)} in the week`}</li>}
    </ul>
  );
}
