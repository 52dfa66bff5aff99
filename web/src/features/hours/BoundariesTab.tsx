import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { boundaries } from '~/api';
import { keys, useMe } from '~/api/queries';
import type { Boundaries } from '~/api/types';
import { Faces, Section, toast, toastError, When } from '~/kit';
import { clockOf } from '~/kit/time';
import { boundariesQuery } from './api';
import { dateWords } from './names';

/** What only the reader sees: how much they work outside their hours, and whether the pages close then. */
export function BoundariesTab() {
  const found = useQuery(boundariesQuery);
  return (
    <Faces of={found} isEmpty={() => false} empty={null} rows={3}>
      {(data) => (
        <>
          <Mirror data={data} />
          {data.clashes.length > 0 && <Meetings data={data} />}
          <Closing data={data} />
        </>
      )}
    </Faces>
  );
}

function Mirror({ data }: { data: Boundaries }) {
  const zone = useMe().person.zone;
  return (
    <Section title={t`Work outside your hours`}>
      <p className="hint">
        {t`Counted just now from what you did in the last fourteen days. It is stored nowhere, and nobody else can see it: no colleague, no admin, no program.`}
      </p>
      {data.outside === 0 ? (
        <p>{t`You did nothing outside your hours. Good.`}</p>
      ) : (
        <>
          <p className="mirror-words">
            <Plural
              value={data.days.length}
              one="On # day you did something outside your hours"
              other="On # days you did something outside your hours"
            />
            {': '}
            <Plural value={data.outside} one="# of" other="# of" />{' '}
            <Plural value={data.acts} one="# thing you did." other="# things you did." />{' '}
            {data.often &&
              t`That is often. Your hours may need to change, or what is asked of you; nothing you send at night rings before morning.`}
          </p>
          <details className="more">
            <summary>{t`Day by day`}</summary>
            <ul className="mirror-days">
              {data.days.map((d) => (
                <li key={d.date}>
                  <span className="dated-date">{dateWords(d.date)}</span>{' '}
                  <Plural value={d.acts} one="# time" other="# times" />
                  {', '}
                  {d.acts > 1
                    ? t`between ${clockOf(d.first, zone)} and ${clockOf(d.last, zone)}`
                    : t`at ${clockOf(d.first, zone)}`}
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </Section>
  );
}

/** Which of one's own meetings lie in time that one's teams keep free of them. */
function Meetings({ data }: { data: Boundaries }) {
  return (
    <Section title={t`Time without meetings`}>
      <p className="hint">
        {t`What your teams agreed on, beside the calendars of meetings that you read in yourself: fourteen days back and fourteen ahead. Nobody else is told.`}
      </p>
      {data.clashes.map((c) => (
        <div key={c.team}>
          <p className="mirror-words">
            <Link to="/teams/$team/agreement" params={{ team: c.team }}>
              <bdi>{c.name}</bdi>
            </Link>
            {': '}
            {c.past.length === 0
              ? t`none of your meetings lay in its meeting-free time.`
              : t`${c.past.length} of your ${data.met} meetings lay in its meeting-free time.`}{' '}
            {c.ahead.length > 0 && (
              <Plural value={c.ahead.length} one="# more is to come." other="# more are to come." />
            )}
          </p>
          {c.past.length + c.ahead.length > 0 && (
            <details className="more">
              <summary>{t`Which`}</summary>
              <ul className="mirror-days">
                {[...c.past, ...c.ahead].map((m, i) => (
                  <li key={i}>
                    <When at={m.start} /> <bdi>{m.title || t`without a title`}</bdi>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      ))}
    </Section>
  );
}

function Closing({ data }: { data: Boundaries }) {
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: boundaries.set,
    onSuccess: (fresh) => {
      cache.setQueryData(boundariesQuery.queryKey, fresh);
      void cache.invalidateQueries({ queryKey: keys.me });
      toast(
        fresh.closes
          ? t`Outside your hours Meantime is closed to you, until you open it.`
          : t`Meantime stays open at any hour.`,
      );
    },
    onError: toastError,
  });
  return (
    <Section title={t`Closed outside your hours`}>
      <Switch
        label={t`Close Meantime to me outside my hours`}
        description={t`A quiet page instead, which you can open for half an hour. What is urgent and waits for you is always shown.`}
        checked={data.closes}
        disabled={change.isPending}
        onChange={(e) => change.mutate(e.currentTarget.checked)}
      />
    </Section>
  );
}
