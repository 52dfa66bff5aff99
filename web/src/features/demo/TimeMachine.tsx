import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ops } from '~/api';
import { setNow, useNow } from '~/api/clock';
import { peopleQuery, useMe } from '~/api/queries';
import { Menu, MenuItem, toast } from '~/kit';
import { cityOf, clockOf, dayOf, fullWhen, instantOf, nextWeekday, worded } from '~/kit/time';
import { clocksOf, nextCheck } from './clocks';

/** The demo's clock: what time it is for people, and buttons that move it forward. */
export function TimeMachine() {
  const me = useMe();
  const now = useNow(15_000);
  const people = useQuery(peopleQuery).data ?? [];
  const cache = useQueryClient();
  const zone = me.person.zone;
  const move = useMutation({
    mutationFn: ops.advance,
    onSuccess: async ({ now: at, delivered }) => {
      setNow(at);
      await cache.invalidateQueries();
      const when = fullWhen(at, zone);
      toast(
        delivered === 1
          ? t`It is ${when}. One delivery reached somebody on the way.`
          : t`It is ${when}. ${delivered} deliveries reached people on the way.`,
      );
    },
  });
  const clocks = clocksOf(me.person, people, now);
  const digest = nextCheck(people, now);
  const by = (length: string, words: string) => (
    <Button
      key={length}
      variant="default"
      size="compact-xs"
      disabled={move.isPending}
      onClick={() => move.mutate({ by: length })}
    >
      {words}
    </Button>
  );
  const to = (at: number) => move.mutate({ to: new Date(at).toISOString() });
  return (
    <section className="machine" aria-label={t`Time machine of the demo`}>
      <ul className="machine-clocks">
        {clocks.map((p) => (
          <li key={p.zone}>
            {p.person} <strong>{`${dayOfWeek(now, p.zone)} ${clockOf(now, p.zone)}`}</strong> {cityOf(p.zone)}
          </li>
        ))}
      </ul>
      <div className="machine-buttons">
        {by('15m', t`+15 m`)}
        {by('1h', t`+1 h`)}
        {by('8h', t`+8 h`)}
        <Menu
          target={<Button variant="default" size="compact-xs" loading={move.isPending}>{t`Move to…`}</Button>}
        >
          {digest && (
            <MenuItem onClick={() => to(digest.at)}>
              {t`next check time: ${digest.name}, ${dayOf(digest.at, now, digest.zone)} ${clockOf(digest.at, digest.zone)} in ${cityOf(digest.zone)}`}
            </MenuItem>
          )}
          {clocks.map((p) => (
            <MenuItem
              key={p.zone}
              onClick={() => to(instantOf(nextWeekday(now, p.zone, 1), '09:00', p.zone))}
            >
              {t`next Monday 09:00 in ${cityOf(p.zone)}`}
            </MenuItem>
          ))}
        </Menu>
      </div>
    </section>
  );
}

const dayOfWeek = (now: number, zone: string) => worded(now, zone, { weekday: 'short' });
