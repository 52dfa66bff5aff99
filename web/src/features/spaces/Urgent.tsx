import '~/core/urgent/urgent.css';
import { t } from '@lingui/core/macro';
import { Button, NumberInput, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { pages } from '~/api';
import { keys } from '~/api/queries';
import type { Id, Page, Space } from '~/api/types';
import type { UrgentPage, UrgentPath } from '~/api/urgent';
import { pageStateHue, pageStateWord } from '~/core/urgent';
import { Empty, Faces, Failed, Loading, Older, Row, Rows, Section, Tag, toast, When, Wrong } from '~/kit';
import { type StepDraft, UrgentSteps } from './UrgentSteps';

/** How a space is paged when something is urgent: its path, its budget, and the log that all its readers may open. */
export function Urgent({ space }: { space: Space }) {
  const found = useQuery({
    queryKey: [...keys.pages, 'path', space.id],
    queryFn: () => pages.path(space.id),
  });
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={4} />;
  return (
    <>
      <Path key={found.data.version} space={space} path={found.data} />
      <Log space={space.id} />
    </>
  );
}

function Path({ space, path }: { space: Space; path: UrgentPath }) {
  const [editing, setEditing] = useState(false);
  const [steps, setSteps] = useState<StepDraft[]>(() =>
    path.steps.map((s) => ({
      duty: s.duty || undefined,
      layer: s.layer,
      people: s.people.map((p) => p.id),
      teams: s.teams,
      minutes: s.minutes,
    })),
  );
  const [budget, setBudget] = useState(path.own_budget);
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: () => pages.setPath(space.id, { steps, budget, version: path.version }),
    onSuccess: () => {
      toast(t`Saved.`);
      void cache.invalidateQueries({ queryKey: keys.pages });
      void cache.invalidateQueries({ queryKey: keys.forecast });
    },
    meta: { quiet: true },
  });
  const left = Math.max(0, path.budget - path.used);
  return (
    <Section
      title={t`Path`}
      actions={
        path.may.change &&
        !editing && (
          <Button size="compact-xs" variant="default" onClick={() => setEditing(true)}>
            {t`Change the path`}
          </Button>
        )
      }
    >
      {!editing && <Steps path={path} />}
      {!editing && path.rule && (
        <p className="due-note" dir="auto">
          {t`“${path.rule}”`}
        </p>
      )}
      {!editing && (
        <p className="due-note">
          {t`${path.used} of ${path.budget} urgent pages used this month, ${left} left. More are possible with a second reason, and are told of in a weekly line.`}{' '}
          {path.agreed_by && t`${path.agreed_by} agreed on that number.`}
        </p>
      )}
      {editing && (
        <form
          className="form"
          onSubmit={(e) => {
            e.preventDefault();
            save.mutate();
          }}
        >
          <UrgentSteps steps={steps} onChange={setSteps} />
          <NumberInput
            label={t`Urgent pages a month`}
            description={
              path.agreed_by
                ? t`What this space thinks enough. ${path.agreed_by} agreed on ${path.budget}; the smaller of the two holds.`
                : t`What this space thinks enough; more need a second reason.`
            }
            min={0}
            max={1000}
            value={budget}
            onChange={(v) => setBudget(Number(v) || 0)}
          />
          <Wrong error={save.error} />
          <div className="page-acts-form">
            <Button type="submit" size="xs" loading={save.isPending}>
              {t`Save`}
            </Button>
            <Button size="xs" variant="default" onClick={() => setEditing(false)}>
              {t`Cancel`}
            </Button>
          </div>
        </form>
      )}
      {path.may.change && path.pagers && <Pager space={space.id} path={path} />}
    </Section>
  );
}

function Steps({ path }: { path: UrgentPath }) {
  if (path.steps.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t`No path is named yet: something urgent reaches whom it asks, and nobody else. Name one, so that it goes to whoever is on duty.`}
      </Text>
    );
  return (
    <ol className="urgent-path">
      {path.steps.map((s, i) => (
        <li key={i}>
          {s.duty ? (
            <Link to="/teams/$team/duty" params={{ team: s.duty }}>
              {s.name}
            </Link>
          ) : (
            <bdi>{s.name}</bdi>
          )}{' '}
          <span className="due-note">{t`${s.minutes} min to acknowledge`}</span>
        </li>
      ))}
    </ol>
  );
}

/** Where pages are posted to besides; the secret is shown once. */
function Pager({ space, path }: { space: Id; path: UrgentPath }) {
  const cache = useQueryClient();
  const [url, setURL] = useState('');
  const [secret, setSecret] = useState('');
  const fresh = () => void cache.invalidateQueries({ queryKey: keys.pages });
  const set = useMutation({
    mutationFn: () => pages.setPager(space, url.trim()),
    onSuccess: (made) => {
      setSecret(made.secret);
      setURL('');
      fresh();
    },
    meta: { quiet: true },
  });
  const end = useMutation({ mutationFn: () => pages.endPager(space), onSuccess: fresh });
  return (
    <details className="urgent-pager">
      <summary>{path.pager ? t`Also posted to ${path.pager}` : t`Post pages to a pager too`}</summary>
      <form
        className="page-acts-form"
        onSubmit={(e) => {
          e.preventDefault();
          set.mutate();
        }}
      >
        <TextInput
          type="url"
          size="xs"
          label={t`Address of the pager`}
          description={t`It is sent signed JSON, in the form of Standard Webhooks.`}
          value={url}
          onChange={(e) => setURL(e.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" loading={set.isPending} disabled={!url.trim()}>
          {path.pager ? t`Replace` : t`Set`}
        </Button>
        {path.pager && (
          <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate()}>
            {t`Stop`}
          </Button>
        )}
      </form>
      {secret && (
        <p role="status">
          {t`Copy the secret now; it is not shown again:`} <code>{secret}</code>
        </p>
      )}
      {path.problem && (
        <p role="status" className="wrong">
          {t`What was posted last: ${path.problem}. It is tried again for a day.`}
        </p>
      )}
      <Wrong error={set.error} />
    </details>
  );
}

function Log({ space }: { space: Id }) {
  const log = useInfiniteQuery({
    queryKey: [...keys.pages, 'log', space],
    queryFn: ({ pageParam }) => pages.log(space, pageParam),
    initialPageParam: '',
    getNextPageParam: (last: Page<UrgentPage>) => last.next || undefined,
  });
  const list = log.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <Section title={t`Log`}>
      <Faces
        of={log}
        isEmpty={() => list.length === 0}
        empty={
          <Empty
            title={t`Nothing urgent yet.`}
          >{t`Every urgent page of this space stands here, for all who may read it.`}</Empty>
        }
      >
        {() => (
          <Rows label={t`Urgent pages`}>
            {list.map((p) => (
              <li key={p.id}>
                <Logged page={p} />
              </li>
            ))}
          </Rows>
        )}
      </Faces>
      <Older of={log} words={t`Older pages`} />
    </Section>
  );
}

function Logged({ page }: { page: UrgentPage }) {
  const said = page.verdict.yes + page.verdict.no;
  const reached = page.calls.filter((c) => c.paged && c.person).map((c) => c.person?.name);
  const lines = [
    page.reason,
    page.second_reason && t`Beyond the budget: ${page.second_reason}`,
    reached.length > 0 && t`Paged: ${[...new Set(reached)].join(', ')}`,
    page.resolution,
    said > 0 && t`Rightly urgent: ${page.verdict.yes} of ${said} say yes`,
    ...page.verdict.notes,
  ].filter(Boolean);
  return (
    <Row
      title={
        page.thread ? (
          <Link to="/threads/$thread" params={{ thread: page.thread }}>
            <bdi>{page.title}</bdi>
          </Link>
        ) : (
          t`In a thread that moved`
        )
      }
      tag={<Tag hue={pageStateHue(page)}>{pageStateWord(page)}</Tag>}
      sub={page.over ? t`${page.asker.name}, over the budget` : page.asker.name}
      end={<When at={page.created_at} as="short" />}
      below={lines.map((line, i) => (
        <p key={i} className="urgent-line" dir="auto">
          {line}
        </p>
      ))}
    />
  );
}
