import { t } from '@lingui/core/macro';
import { ActionIcon, Button, Group, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useNow } from '~/api/clock';
import { peopleQuery, teamsQuery, useMe } from '~/api/queries';
import type { Recipients } from '~/api/types';
import { PeoplePicker } from '~/core/people';
import { Empty, Faces } from '~/kit';
import { worded } from '~/kit/time';
import { overlapQuery } from './api';
import { CommonWords } from './CommonWords';
import { plusDays, stretchOf, todayOf } from './map';
import { OverlapMap } from './OverlapMap';

const route = getRouteApi('/shell/people');
/** As many as a map can show without becoming a wall. */
const most = 24;

/** The overlap map of a team or of chosen people, over a day or a week of the reader. */
export function WhoWorks() {
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  const { team } = route.useSearch();
  const [picked, setPicked] = useState<Recipients>({ people: [], teams: team ? [team] : [] });
  const [days, setDays] = useState(1);
  const [date, setDate] = useState('');
  const today = todayOf(now, zone);
  const first = date || today;
  const ids = useChosen(picked);
  const map = useQuery(overlapQuery(ids, new Date(stretchOf(first, days, zone).from).toISOString(), days));
  return (
    <>
      <div className="map-controls">
        <PeoplePicker
          label={t`Whose hours`}
          value={picked}
          onChange={setPicked}
          placeholder={
            picked.people.length + picked.teams.length === 0
              ? t`Everybody. Name people or a team to see fewer.`
              : ''
          }
        />
        <Group gap="xs" wrap="nowrap">
          <SegmentedControl
            size="xs"
            aria-label={t`How much time the map shows`}
            value={String(days)}
            onChange={(value) => setDays(Number(value))}
            data={[
              { value: '1', label: t`Day` },
              { value: '7', label: t`Week` },
            ]}
          />
          <ActionIcon
            variant="default"
            size="md"
            aria-label={t`Earlier`}
            onClick={() => setDate(plusDays(first, -days))}
          >
            <IconChevronLeft size={16} className="turn" />
          </ActionIcon>
          <Button variant="default" size="xs" disabled={first === today} onClick={() => setDate('')}>
            {t`Today`}
          </Button>
          <ActionIcon
            variant="default"
            size="md"
            aria-label={t`Later`}
            onClick={() => setDate(plusDays(first, days))}
          >
            <IconChevronRight size={16} className="turn" />
          </ActionIcon>
        </Group>
      </div>
      <h2 className="map-title">{titleOf(first, days, today)}</h2>
      <Faces
        of={map}
        isEmpty={(found) => found.people.length === 0}
        empty={<Empty title={t`Choose whose hours to see.`} />}
        rows={6}
      >
        {(found) => (
          <>
            <CommonWords ids={ids} shown={found} />
            <OverlapMap map={found} date={first} days={days} />
          </>
        )}
      </Faces>
    </>
  );
}

/** The people of what was picked; everybody when nothing was. */
function useChosen(picked: Recipients): string[] {
  const everybody = useQuery(peopleQuery).data;
  const teams = useQuery(teamsQuery).data;
  const me = useMe().person.id;
  return useMemo(() => {
    const active = (everybody ?? [])
      .filter((p) => !p.bot && !p.removed && p.state === 'active')
      .map((p) => p.id);
    if (picked.people.length + picked.teams.length === 0) {
      return [me, ...active.filter((id) => id !== me)].slice(0, most);
    }
    const members = (teams ?? [])
      .filter((x) => picked.teams.includes(x.id))
      .flatMap((x) => x.members.map((m) => m.id));
    return [...new Set([...picked.people, ...members])];
  }, [everybody, teams, picked, me]);
}

function titleOf(date: string, days: number, today: string): string {
  const say = (d: string) => worded(d, 'UTC', { weekday: 'long', day: 'numeric', month: 'long' });
  if (days > 1) return t`${say(date)} to ${say(plusDays(date, days - 1))}`;
  return date === today ? t`Today, ${say(date)}` : say(date);
}
