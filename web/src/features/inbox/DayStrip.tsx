import { t } from '@lingui/core/macro';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { InboxRow, Me } from '~/api/types';
import { cityOf, clockOf, shortWhen } from '~/kit/time';
import { dayAround, placeOf, spansOf } from './strip';

/** The reader's day at a glance: their hours, focus, now, and what is due as dots. */
export function DayStrip({ rows }: { rows: InboxRow[] }) {
  const me = useMe();
  const now = useNow();
  const zone = me.person.zone;
  const day = dayAround(now, zone);
  const dues = rows.filter((r) => r.due && r.group !== 'late' && placeOf(Date.parse(r.due), day) !== null);
  const at = (x: number) => ({ insetInlineStart: `${x}%` });
  const words = inWords(me, now, dues);
  return (
    <section className="strip" aria-label={t`Your day`}>
      <div className="strip-head">
        <strong>{t`Your day, ${cityOf(zone)}`}</strong>
        <span className="due-note">{endWords(me, now)}</span>
      </div>
      <div className="strip-band" role="img" aria-label={words}>
        {spansOf(me.day.working, day).map((s) => (
          <span key={s.start} className="strip-work" style={{ ...at(s.start), inlineSize: `${s.size}%` }} />
        ))}
        {spansOf(me.day.focus, day).map((s) => (
          <span key={s.start} className="strip-focus" style={{ ...at(s.start), inlineSize: `${s.size}%` }} />
        ))}
        <span className="strip-now" style={at(placeOf(now, day) ?? 0)} />
        {dues.map((r) => (
          <span
            key={r.key}
            className="strip-due"
            style={at(placeOf(Date.parse(r.due ?? ''), day) ?? 0)}
            title={`${clockOf(r.due ?? '', zone)} ${r.title}`}
          />
        ))}
      </div>
    </section>
  );
}

/** "until 17:30", or when one works again. */
function endWords(me: Me, now: number): string {
  const zone = me.person.zone;
  if (me.day.end && Date.parse(me.day.end) > now) {
    const focus = me.day.focus.find((f) => Date.parse(f.from) <= now && now < Date.parse(f.to));
    if (focus) return t`Focus until ${clockOf(focus.to, zone)}. Nothing interrupts you.`;
    return t`You finish at ${clockOf(me.day.end, zone)}`;
  }
  if (me.day.next_start)
    return t`You start again ${shortWhen(me.day.next_start, now, zone)}. Nothing reaches you before.`;
  return t`You have set no hours yet`;
}

function inWords(me: Me, now: number, dues: InboxRow[]): string {
  const zone = me.person.zone;
  const hours = me.day.working.map((r) => `${clockOf(r.from, zone)}–${clockOf(r.to, zone)}`).join(', ');
  const worked = hours ? t`Working hours ${hours}` : t`No working hours today`;
  const due = dues.map((r) => clockOf(r.due ?? '', zone)).join(', ');
  return [worked, t`now ${clockOf(now, zone)}`, due && t`due at ${due}`].filter(Boolean).join('; ');
}
