import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useNow } from '~/api/clock';
import type { DecisionLine } from '~/api/decisions';
import { spacesQuery, useMe } from '~/api/queries';
import { Due, Row, SpaceDot, Tag, When } from '~/kit';
import { dayOf } from '~/kit/time';
import { KindIcon } from './KindIcon';
import { kindWord, stateHue, stateWord } from './words';

/** One decision of the register: what was asked, how it stands, and what came of it. */
export function DecisionRow({ decision: d }: { decision: DecisionLine }) {
  const color = useQuery(spacesQuery).data?.find((s) => s.id === d.space.id)?.color ?? 'gray';
  return (
    <Row
      tone={d.expected ? 'today' : null}
      face={
        <span className="row-icon">
          <KindIcon kind={d.kind} />
        </span>
      }
      title={
        <Link to="/decisions/$decision" params={{ decision: d.id }}>
          <bdi>{d.title}</bdi>
        </Link>
      }
      tag={<Tag hue={stateHue(d.state)}>{stateWord(d.state)}</Tag>}
      sub={
        <>
          {kindWord(d.kind)}
          {d.space.name && (
            <>
              {' · '}
              <SpaceDot space={{ ...d.space, color }} />
            </>
          )}
          {' · '}
          <bdi>{t`decider ${d.decider.name}`}</bdi>
        </>
      }
      end={<Ending decision={d} />}
      below={
        d.outcome && (
          <p className="dec-excerpt" dir="auto">
            {d.outcome}
          </p>
        )
      }
    />
  );
}

function Ending({ decision: d }: { decision: DecisionLine }) {
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  if (d.state === 'open')
    return (
      <>
        <Due at={d.ends_at} />
        <span className="due-note">{t`${d.voted} of ${d.entitled} had their say`}</span>
      </>
    );
  const at = d.decided_at ?? d.closed_at ?? d.opened_at ?? d.opens_at ?? d.made_at;
  return (
    <span className="dec-ending">
      <When at={at} />
      {d.state === 'decided' && d.review_at && (
        <span className="due-note">{t`look again ${dayOf(d.review_at, now, zone)}`}</span>
      )}
    </span>
  );
}
