import './agreements.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '~/api';
import { useNow } from '~/api/clock';
import { spacesQuery, useMe } from '~/api/queries';
import type { Agreement } from '~/api/types';
import { kindWord } from '~/core/asks/words';
import { Empty, Failed, Loading, MarkdownView, Page, Section, SpaceDot, TabLinks, tabOf } from '~/kit';
import { dayName, weekdays } from '~/kit/days';
import { dayOf, windowWords } from '~/kit/time';
import { agreementQuery } from './api';
import { EditAgreement } from './EditAgreement';
import { History } from './History';
import { kinds, rangesWords, whoWord } from './words';

const route = getRouteApi('/shell/teams/$team/agreement');

/** What a team agreed on: one page whose fields are the settings. */
export function AgreementPage() {
  const { team } = route.useParams();
  const found = useQuery(agreementQuery(team));
  const tabs = [
    { value: 'now', label: t`What holds` },
    { value: 'history', label: t`History` },
  ];
  const tab = tabOf(tabs, route.useSearch().tab);
  const data = found.data;
  return (
    <Page
      title={data ? t`Working agreement of ${data.team.name}` : t`Working agreement`}
      lead={t`What is written here is what happens: the fields are the settings.`}
      actions={
        <TabLinks to={`/teams/${team}/agreement`} label={t`Parts of this page`} tabs={tabs} at={tab} />
      }
    >
      {data ? (
        tab === 'history' ? (
          <History agreement={data} />
        ) : (
          <Now key={data.version} data={data} />
        )
      ) : found.error instanceof ApiProblem && found.error.status === 404 ? (
        <Empty title={t`There is no such team for you.`} />
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={6} />
      )}
    </Page>
  );
}

function Now({ data }: { data: Agreement }) {
  const [editing, setEditing] = useState(false);
  if (editing) return <EditAgreement agreement={data} onClose={() => setEditing(false)} />;
  const change = data.may.change && (
    <Button size="xs" onClick={() => setEditing(true)}>
      {data.version ? t`Change` : t`Agree on something`}
    </Button>
  );
  if (data.version === 0)
    return (
      <Empty title={t`This team has agreed on nothing yet.`}>
        <p>{t`Response windows, check times, when nobody meets, and what is urgent: written down once, and used wherever it matters.`}</p>
        {change}
      </Empty>
    );
  return (
    <>
      <div className="agreed-head">
        <Last data={data} />
        {change}
      </div>
      {data.prose && (
        <Section title={t`In words`}>
          <MarkdownView html={data.prose_html} />
        </Section>
      )}
      <Fields data={data} />
    </>
  );
}

function Last({ data }: { data: Agreement }) {
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  if (!data.at) return null;
  return (
    <p className="due-note">
      {t`Version ${data.version}, ${dayOf(data.at, now, zone)}, by ${data.author?.name ?? ''}: ${data.reason}`}
    </p>
  );
}

function Fields({ data }: { data: Agreement }) {
  const f = data.fields;
  const spaces = useQuery(spacesQuery).data ?? [];
  const windows = kinds.filter((k) => f.windows?.[k]);
  const free = weekdays.filter((day) => f.meeting_free?.[day]?.length);
  const none = <span className="due-note">{t`nothing agreed`}</span>;
  return (
    <dl className="agreed">
      <dt>{t`Usual response windows`}</dt>
      <dd>
        {windows.length
          ? windows.map((k) => (
              <span key={k} className="agreed-line">
                {kindWord(k)}: {windowWords(f.windows?.[k] ?? '')}
              </span>
            ))
          : none}
      </dd>
      <dt>{t`Suggested check times`}</dt>
      <dd>{f.checks?.length ? f.checks.join(', ') : none}</dd>
      <dt>{t`No meetings`}</dt>
      <dd>
        {free.length
          ? free.map((day) => (
              <span key={day} className="agreed-line">
                {dayName(day)} {rangesWords(f.meeting_free?.[day])}
              </span>
            ))
          : none}
      </dd>
      <dt>{t`Hours of members`}</dt>
      <dd>
        {f.quiet ? t`between ${f.quiet.earliest} and ${f.quiet.latest}, set by admins` : t`as each likes`}
      </dd>
      <dt>{t`Urgent`}</dt>
      <dd>
        <span className="agreed-line">{t`May be asked by ${whoWord(f.urgent?.who ?? 'anyone')}.`}</span>
        {!!f.urgent?.per_month && (
          <span className="agreed-line">{t`At most ${f.urgent.per_month} times a month in each of its spaces; more need a second reason.`}</span>
        )}
        {f.urgent?.rule && (
          <span className="agreed-line" dir="auto">
            {f.urgent.rule}
          </span>
        )}
      </dd>
      <dt>{t`Holds in`}</dt>
      <dd>
        {f.spaces?.length
          ? spaces.filter((s) => f.spaces?.includes(s.id)).map((s) => <SpaceDot key={s.id} space={s} />)
          : t`no space yet; it holds for asks to the team and its members`}
      </dd>
    </dl>
  );
}
