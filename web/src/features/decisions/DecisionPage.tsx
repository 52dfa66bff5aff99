import './decisions.css';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ApiProblem } from '~/api';
import { useNow } from '~/api/clock';
import type { Decision } from '~/api/decisions';
import { useMe } from '~/api/queries';
import { Empty, Failed, Loading, MarkdownView, Page, Section, Tag } from '~/kit';
import { worded } from '~/kit/time';
import { decisionQuery, votersQuery } from './api';
import { Zones } from './Clocks';
import { Conclusion } from './Conclusion';
import { copyPage } from './copyPage';
import { DraftBox } from './DraftBox';
import { Head } from './Head';
import { HowDecided } from './HowDecided';
import { Manage } from './Manage';
import { Objections, ObjectLate } from './Objections';
import { OptionLine } from './Options';
import { Results } from './Results';
import { Voices } from './Voices';
import { Voters } from './Voters';
import { kindWord, stateHue, stateWord } from './words';

const Ballot = lazy(() => import('./Ballot').then((m) => ({ default: m.Ballot })));
const SealedBallot = lazy(() => import('./SealedBallot').then((m) => ({ default: m.SealedBallot })));
const OutcomeForm = lazy(() => import('./OutcomeForm').then((m) => ({ default: m.OutcomeForm })));
const route = getRouteApi('/shell/decisions/$decision');

/** One decision, from its question to what came of it. */
export function DecisionPage() {
  const { decision: id } = route.useParams();
  const found = useQuery(decisionQuery(id));
  if (found.data) return <One key={id} decision={found.data} />;
  const missing = found.error instanceof ApiProblem && found.error.status === 404;
  return (
    <Page title={t`Decision`}>
      {missing ? (
        <Empty title={t`There is no such decision for you.`}>
          <p>{t`It may be in a space that you do not read, or a draft that was discarded.`}</p>
          <Link to="/decisions">{t`See the register`}</Link>
        </Empty>
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={6} />
      )}
    </Page>
  );
}

function One({ decision: d }: { decision: Decision }) {
  const hidden = d.state === 'draft' || d.state === 'scheduled';
  const voters = useInfiniteQuery({ ...votersQuery(d.id), enabled: !hidden });
  const zones = [...new Set(voters.data?.pages.flatMap((p) => p.items.map((v) => v.person.zone)) ?? [])];
  const votes = d.may.vote || d.may.revise;
  const shows = d.options.length > 0 && !votes;
  return (
    <Zones value={zones}>
      <Page
        title={d.title}
        lead={
          <>
            <Tag hue={stateHue(d.state)}>{stateWord(d.state)}</Tag> {kindWord(d.kind)}
            {d.space.name && ` · ${d.space.name}`} ·{' '}
            {t`asked by ${d.maker.name}, decided by ${d.decider.name}`}
          </>
        }
        actions={<Actions decision={d} />}
      >
        <Head decision={d} />
        {hidden && <DraftBox decision={d} />}
        <Conclusion decision={d} />
        {d.context_html && (
          <Section title={t`What it is about`}>
            <MarkdownView html={d.context_html} />
          </Section>
        )}
        {shows && <OptionList decision={d} />}
        <Suspense fallback={<Loading rows={4} />}>
          {d.rules.anonymous
            ? votes && <SealedBallot decision={d} />
            : (votes || d.mine?.ballot) && <Ballot decision={d} />}
        </Suspense>
        <ObjectLate decision={d} />
        <Objections decision={d} />
        {!hidden && <Results decision={d} />}
        {d.may.decide && (
          <Suspense fallback={<Loading rows={3} />}>
            <OutcomeForm decision={d} />
          </Suspense>
        )}
        {!hidden && <Voices decision={d} />}
        {!hidden && <Voters decision={d} of={voters} />}
        <HowDecided decision={d} />
        <Paper />
      </Page>
    </Zones>
  );
}

/** On paper alone: where the decision is found, and which day is today. */
function Paper() {
  const zone = useMe().person.zone;
  const day = worded(useNow(60_000), zone, { dateStyle: 'long', timeStyle: 'short' });
  return (
    <p className="dec-paper">
      {t`As of ${day}`} · <bdi>{location.origin + location.pathname}</bdi>
    </p>
  );
}

function OptionList({ decision: d }: { decision: Decision }) {
  const chosen = d.decided?.chosen ?? [];
  return (
    <Section title={t`Options`}>
      <ul className="dec-lines">
        {d.options.map((o) => (
          <li key={o.key} className="dec-line">
            <OptionLine option={o} />
            {chosen.includes(o.key) && <Tag hue="green">{t`chosen`}</Tag>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Actions({ decision: d }: { decision: Decision }) {
  return (
    <>
      {d.thread && (
        <Button
          variant="default"
          size="xs"
          renderRoot={(props) => <Link {...props} to="/threads/$thread" params={{ thread: d.thread }} />}
        >
          {t`Discuss`}
        </Button>
      )}
      {d.decided && (
        <Button variant="default" size="xs" onClick={() => copyPage(d.id)}>
          {t`Copy as Markdown`}
        </Button>
      )}
      <Manage decision={d} />
    </>
  );
}
