import { t } from '@lingui/core/macro';
import type { Baton, BatonLeg } from '~/api/batons';
import { Face, type Hue, Tag, When } from '~/kit';

/** Everybody who carried a baton or was offered it, with the note each of them got. */
export function Way({ baton }: { baton: Baton }) {
  return (
    <ol className="baton-way">
      <li>
        <Face name={baton.opened_by.name} size={24} />
        <div>
          <strong>{baton.opened_by.name}</strong> {t`made it a baton`}{' '}
          <span className="due-note">
            <When at={baton.opened_at} />
          </span>
        </div>
      </li>
      {baton.legs.map((leg, i) => (
        <li key={leg.offered_at + leg.to.id}>
          <Face name={leg.to.name} size={24} />
          <div>
            <strong>{leg.to.name}</strong> <Tag hue={hueFor[leg.state]}>{stateWord(leg)}</Tag>{' '}
            <span className="due-note">
              {t`from ${leg.from.name},`} <When at={leg.decided_at ?? leg.offered_at} />
              {leg.why === 'chain' && ` · ${t`as the next of the chain`}`}
              {leg.why === 'stand_in' && ` · ${t`as their stand-in`}`}
            </span>
            {leg.note && <p dir="auto">{`“${leg.note}”`}</p>}
            {changed(leg, baton.legs[i + 1]) && <Told leg={leg} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** The note of an offer is shown where the next one says something else. */
const changed = (leg: BatonLeg, next: BatonLeg | undefined) =>
  !!next && (leg.stands !== next.stands || leg.next_step !== next.next_step || leg.traps !== next.traps);

function Told({ leg }: { leg: BatonLeg }) {
  return (
    <details className="baton-told">
      <summary>{t`The note as it was then`}</summary>
      <p dir="auto">{[leg.stands, leg.next_step, leg.traps].filter(Boolean).join('\n\n')}</p>
    </details>
  );
}

const hueFor: Record<BatonLeg['state'], Hue> = {
  waiting: 'blue',
  accepted: 'green',
  declined: 'orange',
  passed: 'violet',
  missed: 'yellow',
  withdrawn: 'gray',
  away: 'gray',
};

function stateWord(leg: BatonLeg): string {
  switch (leg.state) {
    case 'accepted':
      return t`took it`;
    case 'declined':
      return t`declined`;
    case 'passed':
      return t`passed it on`;
    case 'missed':
      return t`time passed`;
    case 'withdrawn':
      return t`taken back`;
    case 'away':
      return t`away`;
    default:
      return t`on offer`;
  }
}
