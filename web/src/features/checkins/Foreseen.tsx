import { t } from '@lingui/core/macro';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { checkins, sentenceOf } from '~/api';
import type { CheckinPreview } from '~/api/checkins';
import { useMe } from '~/api/queries';
import { Loading, Person } from '~/kit';
import { cityOf, clockOf, fullWhen } from '~/kit/time';
import { type Form, lacks, rhythmOf } from './form';
import { dateWords } from './words';

/** When each person would be asked next: five times, on their own clock. */
export function Foreseen({ form, space }: { form: Form; space: string }) {
  const body = { space, team: form.team ?? undefined, people: form.people, rhythm: rhythmOf(form.rhythm) };
  const [asked] = useDebouncedValue(body, 400);
  const ready =
    !!space && (!!form.team || form.people.length > 0) && lacks({ ...form, name: 'x' }) !== 'days';
  const found = useQuery({
    queryKey: ['checkin preview', asked],
    queryFn: () => checkins.preview(asked),
    enabled: ready,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!ready)
    return (
      <p className="due-note">{t`Say whom to ask and on which days, and the next five times of each person stand here.`}</p>
    );
  if (found.error) return <p className="wrong">{sentenceOf(found.error)}</p>;
  if (!found.data) return <Loading rows={3} height={44} />;
  return <Times preview={found.data} />;
}

function Times({ preview }: { preview: CheckinPreview }) {
  const mine = useMe().person.zone;
  const more = preview.asked - preview.people.length;
  return (
    <>
      <ul className="chk-foreseen">
        {preview.people.map(({ person, times }) => (
          <li key={person.id}>
            <div className="chk-foreseen-who">
              <Person person={person} plain />
              <span className="due-note">{cityOf(person.zone)}</span>
            </div>
            {times.length === 0 ? (
              <span className="due-note">{t`not within a year`}</span>
            ) : (
              <ol>
                {times.map((x) => (
                  <li key={x.date}>
                    <time dateTime={x.at} title={t`${fullWhen(x.at, mine)} on your clock`}>
                      <span>{dateWords(x.date)}</span> <b>{clockOf(x.at, person.zone)}</b>
                    </time>
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="due-note">{t`And ${more} more people, each in their own day.`}</p>}
      <p className="due-note">{t`On each person’s own clock, by the hours, holidays and absences that they have now.`}</p>
    </>
  );
}
