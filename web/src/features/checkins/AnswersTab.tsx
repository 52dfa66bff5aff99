import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Checkin } from '~/api/checkins';
import { useMe } from '~/api/queries';
import { Empty, Faces, Older } from '~/kit';
import { answersQuery } from './api';
import { Entry } from './Entry';

/** Every answer that the reader may read, the newest first. */
export function AnswersTab({ c }: { c: Checkin }) {
  const of = useInfiniteQuery(answersQuery(c.id));
  const me = useMe().person.id;
  return (
    <Faces
      of={of}
      rows={4}
      isEmpty={(d) => d.pages.every((p) => p.items.length === 0)}
      empty={
        <Empty title={t`There is nothing to read yet.`}>
          {c.hidden && <p>{t`Answers open to you once you have written yours for the same date.`}</p>}
        </Empty>
      }
    >
      {(data) => (
        <>
          <ul className="chk-voices" aria-label={t`All answers`}>
            {data.pages
              .flatMap((p) => p.items)
              .map((e) => (
                <li key={e.turn}>
                  <Entry entry={e} mine={e.person.id === me} />
                </li>
              ))}
          </ul>
          <Older of={of} words={t`Older answers`} />
        </>
      )}
    </Faces>
  );
}
