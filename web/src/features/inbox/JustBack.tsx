import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { people } from '~/api';
import { useNow } from '~/api/clock';
import { keys, useMe } from '~/api/queries';
import { lastBack } from './back';

/** In the first days after an absence: where what happened meanwhile is told. */
export function JustBack() {
  const zone = useMe().person.zone;
  const now = useNow(600_000);
  const list = useQuery({
    queryKey: [...keys.schedule, 'absences'],
    queryFn: async () => (await people.absences()).items,
    staleTime: 3_600_000,
  }).data;
  const back = list && lastBack(list, now, zone);
  if (!back) return null;
  return (
    <p className="just-back">
      <Link to="/while-away" search={{ absence: back.id }}>{t`What happened while you were away`}</Link>
    </p>
  );
}
