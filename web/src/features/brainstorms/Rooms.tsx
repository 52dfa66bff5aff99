import { t } from '@lingui/core/macro';
import { Link } from '@tanstack/react-router';
import type { Brainstorm } from '~/api/brainstorms';
import { People, Row, Rows, Section, Tag } from '~/kit';
import { phaseHue, phaseWord } from './words';

/** The rooms that people think in, one's own first. */
export function Rooms({ b }: { b: Brainstorm }) {
  if (!b.in_rooms || b.rooms.length === 0) return null;
  const sorted = [...b.rooms].sort((x, y) => Number(y.id === b.me?.room) - Number(x.id === b.me?.room));
  return (
    <Section title={t`Rooms`}>
      <Rows label={t`Rooms`}>
        {sorted.map((r) => (
          <li key={r.id}>
            <Row
              title={
                <Link to="/brainstorms/$brainstorm" params={{ brainstorm: r.id }}>
                  <bdi>{r.name}</bdi>
                </Link>
              }
              tag={
                <>
                  <Tag hue={r.phase === 'act' ? 'green' : phaseHue('collect')}>
                    {r.phase === 'act' ? t`Ready` : phaseWord(r.phase)}
                  </Tag>
                  {r.id === b.me?.room && <Tag hue="yellow">{t`Your room`}</Tag>}
                </>
              }
              sub={<People people={r.people} max={6} />}
              tone={r.id === b.me?.room ? 'today' : null}
            />
          </li>
        ))}
      </Rows>
    </Section>
  );
}
