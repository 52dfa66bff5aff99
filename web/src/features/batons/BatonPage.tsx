import './batons.css';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '~/api';
import type { Baton } from '~/api/batons';
import {
  Due,
  Empty,
  Face,
  Failed,
  Loading,
  MarkdownView,
  Name,
  Page,
  Section,
  SpaceDot,
  Tag,
  When,
} from '~/kit';
import { Acts } from './Acts';
import { batonQuery } from './api';
import { Way } from './Way';

const route = getRouteApi('/shell/batons/$baton');

/** One baton: where it is, what whoever takes it must know, and the way it came. */
export function BatonPage() {
  const { baton: id } = route.useParams();
  const found = useQuery(batonQuery(id));
  if (found.data) return <OneBaton baton={found.data} />;
  const missing = found.error instanceof ApiProblem && found.error.status === 404;
  return (
    <Page title={t`Baton`}>
      {missing ? (
        <Empty title={t`There is no such baton for you.`}>
          <Link to="/batons">{t`See the batons`}</Link>
        </Empty>
      ) : found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={6} />
      )}
    </Page>
  );
}

function OneBaton({ baton }: { baton: Baton }) {
  return (
    <Page title={baton.title} lead={<Lead baton={baton} />}>
      <Where baton={baton} />
      <Acts baton={baton} />
      {baton.state === 'ended' && (
        <Section title={t`What came of it`}>
          <MarkdownView html={baton.note.html?.outcome ?? ''} />
        </Section>
      )}
      <div className="baton-note">
        <Part title={t`Where it stands`} html={baton.note.html?.stands} />
        <Part title={t`Next step`} html={baton.note.html?.next_step} />
        <Part title={t`Traps`} html={baton.note.html?.traps} />
        {baton.note.links.length > 0 && (
          <Section title={t`Links`}>
            <ul className="baton-links">
              {baton.note.links.map((l) => (
                <li key={l.url}>
                  <a href={l.url} rel="noreferrer noopener" dir="auto">
                    {l.title || l.url}
                  </a>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
      <Section title={t`Its way so far`}>
        <Way baton={baton} />
      </Section>
    </Page>
  );
}

function Lead({ baton }: { baton: Baton }) {
  return (
    <span className="baton-lead">
      <Link to="/spaces/$space" params={{ space: baton.space.id }}>
        <SpaceDot space={baton.space} />
      </Link>
      {' · '}
      <Link to="/threads/$thread" params={{ thread: baton.thread }}>
        {baton.own_thread ? t`Its thread` : baton.thread_title}
      </Link>
      {baton.chain && ` · ${baton.chain.name}`}
    </span>
  );
}

/** Where it is now: always one person, and perhaps an offer to another. */
function Where({ baton }: { baton: Baton }) {
  const { holder, offer } = baton;
  if (baton.state === 'ended')
    return (
      <p className="baton-where">
        <Tag hue="green">{t`Done`}</Tag> {baton.ended_at && <When at={baton.ended_at} />}
        {baton.ended_by && (
          <>
            {' · '}
            <Name person={baton.ended_by} />
          </>
        )}
      </p>
    );
  return (
    <div className="baton-where">
      <p>
        <Face name={holder.name} size={28} /> <strong>{t`With ${holder.name}`}</strong>{' '}
        <span className="due-note">
          {t`since`} <When at={baton.held_since} />
        </span>{' '}
        {baton.late && <Tag hue="red">{t`Late`}</Tag>}
      </p>
      {offer && (
        <p>
          <Face name={offer.to.name} size={28} /> {t`Offered to ${offer.to.name}`}{' '}
          <span className="due-note">
            {t`until`} <When at={offer.due} />
            {'. '}
            {t`Then it goes on, or back; it does not wait unseen.`}
          </span>
        </p>
      )}
      {baton.note.by && (
        <p>
          {t`To be done`} <Due at={baton.note.by} />
        </p>
      )}
    </div>
  );
}

const Part = ({ title, html }: { title: string; html?: string }) =>
  html ? (
    <Section title={title}>
      <MarkdownView html={html} />
    </Section>
  ) : null;
