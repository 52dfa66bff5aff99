import './batons.css';
import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { Button, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { batons, sentenceOf } from '~/api';
import type { Could, Wake } from '~/api/batons';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import { PathLink, Row, Rows, Section, toast, When } from '~/kit';
import { Face } from '~/kit/Person';
import { cityOf, clockOf, shortWhen } from '~/kit/time';
import { eveningQuery, useBatons } from './api';

/** In the last hour of the reader's day: what somebody in a waking zone could move. */
export function EveningBanner() {
  const evening = useQuery(eveningQuery).data;
  const [shut, setShut] = useState(false);
  if (!evening?.now || evening.items.length === 0 || shut) return null;
  const [shown, more] = [evening.items.slice(0, 3), evening.items.length - 3];
  return (
    <aside className="baton-evening" aria-label={t`What could move on while you are off`}>
      <div className="baton-evening-head">
        <strong>
          <Plural
            value={evening.items.length}
            one="One thing of yours could move on while you are off"
            other="# things of yours could move on while you are off"
          />
        </strong>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setShut(true)}>
          {t`Not today`}
        </Button>
      </div>
      <Things items={shown} />
      {more > 0 && (
        <p className="due-note">
          <PathLink path="/batons">{t`And ${more} more`}</PathLink>
        </p>
      )}
    </aside>
  );
}

/** The same at any hour, and whether the reader is told of it. */
export function EveningPart() {
  const evening = useQuery(eveningQuery).data;
  const want = useBatons((wanted: boolean) => batons.wantEvenings(wanted));
  if (!evening?.until) return null;
  return (
    <Section
      title={t`Could move on while you are off`}
      actions={
        <Switch
          size="xs"
          label={t`Tell me in the last hour of my day`}
          checked={want.isPending ? want.variables : evening.wanted}
          onChange={(e) => want.mutate(e.currentTarget.checked)}
        />
      }
    >
      {evening.items.length > 0 ? (
        <Things items={evening.items} />
      ) : (
        <p className="due-note">
          {t`Nothing now. Your day ends`} <When at={evening.until} as="short" />
          {'. '}
          {t`Shown here is what somebody could have for two hours before you are back. Only you see this.`}
        </p>
      )}
    </Section>
  );
}

const Things = ({ items }: { items: Could[] }) => (
  <Rows label={t`What could move on while you are off`}>
    {items.map((x) => (
      <li key={x.id}>
        <Thing could={x} />
      </li>
    ))}
  </Rows>
);

/** One thing, and the one press that offers it to whoever is ready first. */
function Thing({ could }: { could: Could }) {
  const [first, second] = could.to;
  const hand = useBatons((wake: Wake) =>
    could.kind === 'baton'
      ? batons.handOn(could.id, wake.chain ? { chain: wake.chain.id } : { to: wake.person.id })
      : batons.open({
          thread: could.thread,
          ask: could.id,
          title: could.thread_title.slice(0, 160),
          next_step: could.title,
          ...(wake.chain ? { to: wake.person.id, chain: wake.chain.id } : { to: wake.person.id }),
        }),
  );
  const back = useBatons((made: string) => batons.withdraw(made));
  if (!first) return null;
  const press = (wake: Wake) =>
    hand.mutate(wake, {
      onSuccess: (b) =>
        toast(t`Offered to ${wake.person.name}. It is yours until they take it.`, () => back.mutate(b.id)),
    });
  return (
    <Row
      face={<Face name={first.person.name} />}
      title={<PathLink path={could.path}>{could.title}</PathLink>}
      sub={hand.error ? sentenceOf(hand.error) : <Ready wake={first} />}
      end={
        <>
          <Button size="compact-sm" variant="light" loading={hand.isPending} onClick={() => press(first)}>
            {t`Hand to ${first.person.name}`}
          </Button>
          {second && (
            <Button
              size="compact-sm"
              variant="subtle"
              disabled={hand.isPending}
              onClick={() => press({ ...second, chain: null })}
            >
              {second.person.name}
            </Button>
          )}
        </>
      }
    />
  );
}

function Ready({ wake }: { wake: Wake }) {
  const now = useNow();
  const me = useMe().person;
  const { person, reach } = wake;
  return Date.parse(reach) <= now + 60_000
    ? t`${person.name} is at work now, in ${cityOf(person.zone)}`
    : t`${person.name} begins ${shortWhen(reach, now, me.zone)}, ${clockOf(reach, person.zone)} in ${cityOf(person.zone)}`;
}
