import { t } from '@lingui/core/macro';
import { Link } from '@tanstack/react-router';
import { useNow } from '~/api/clock';
import type { Decision } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { spanOf, whenOf } from '~/kit/time';
import { hoursWords } from './words';

/** Where it stands: until when, how many have had their say, and what is hidden until when. */
export function Head({ decision: d }: { decision: Decision }) {
  const zone = useMe().person.zone;
  const now = useNow();
  const when = (at: string) => whenOf(at, now, zone);
  const lines: string[] = [];
  if (d.state === 'open' && d.ends_at) {
    const left = Date.parse(d.ends_at) - now;
    lines.push(
      left > 0
        ? t`Open until ${when(d.ends_at)}, for another ${spanOf(left)}.`
        : t`It ends now, and is being counted.`,
    );
    if (d.rules.fair)
      lines.push(
        t`By then everybody has had ${hoursWords(d.rules.fair)} of their own working time, or their say.`,
      );
    if (d.rules.early) lines.push(t`It ends as soon as all have had their say.`);
    if (d.extended) lines.push(t`Everybody got their share of hours once more, because some were silent.`);
  }
  if (d.state === 'scheduled' && d.opens_at) lines.push(t`Opens by itself ${when(d.opens_at)}.`);
  if (d.closed_at && d.state !== 'open')
    lines.push(d.ended_why ? t`Ended ${when(d.closed_at)}: ${d.ended_why}` : t`Ended ${when(d.closed_at)}.`);
  if (d.state === 'closed' && !d.may.decide) lines.push(t`${d.decider.name} writes the outcome.`);
  if (d.state === 'withdrawn' && !d.closed_at && d.ended_why) lines.push(d.ended_why);
  if (d.object_until && Date.parse(d.object_until) > now && d.state !== 'open')
    lines.push(t`Who was away may object until ${when(d.object_until)}.`);
  const open = d.state === 'open';
  return (
    <div className="dec-head">
      {d.replaced_by && (
        <p className="dec-replaced">
          {t`A later decision replaces this one:`}{' '}
          <Link to="/decisions/$decision" params={{ decision: d.replaced_by.id }}>
            <bdi>{d.replaced_by.title}</bdi>
          </Link>
        </p>
      )}
      {lines.length > 0 && <p>{lines.join(' ')}</p>}
      {d.opened_at && (
        <p className="dec-turnout">
          <meter
            min={0}
            max={Math.max(1, d.entitled)}
            value={d.voted}
            aria-label={t`How many have had their say`}
          />
          <span>
            {t`${d.voted} of ${d.entitled} had their say`}
            {d.declined > 0 && ` · ${t`${d.declined} said they will not`}`}
            {open && !d.mine && ` · ${t`you are not among those entitled, and can read along`}`}
          </span>
        </p>
      )}
    </div>
  );
}
