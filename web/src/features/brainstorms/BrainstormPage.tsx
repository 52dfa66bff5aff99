import './brainstorms.css';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '~/api';
import type { Board, Brainstorm } from '~/api/brainstorms';
import { spacesQuery } from '~/api/queries';
import { Empty, Failed, Loading, MarkdownView, Page, SpaceDot } from '~/kit';
import { Arrange } from './Arrange';
import { boardQuery, oneQuery } from './api';
import { Collect } from './Collect';
import { Facilitate } from './Facilitate';
import { Phases } from './Phases';
import { Results } from './Results';
import { Rooms } from './Rooms';
import { TakesPart } from './TakesPart';
import { Voting } from './Voting';

const route = getRouteApi('/shell/brainstorms/$brainstorm');

/** One brainstorm: where it stands, what the reader does now, and its board. */
export function BrainstormPage() {
  const { brainstorm: id } = route.useParams();
  const one = useQuery(oneQuery(id));
  const board = useQuery(boardQuery(id));
  const error = one.error ?? board.error;
  if (one.data && board.data) return <One key={id} b={one.data} board={board.data} />;
  const missing = error instanceof ApiProblem && error.status === 404;
  return (
    <Page title={one.data?.title ?? t`Brainstorm`}>
      {missing ? (
        <Empty title={t`There is no such brainstorm for you.`}>
          <Link to="/brainstorms">{t`See the brainstorms`}</Link>
        </Empty>
      ) : error ? (
        <Failed
          error={error}
          retry={() => {
            void one.refetch();
            void board.refetch();
          }}
        />
      ) : (
        <Loading rows={6} height={96} />
      )}
    </Page>
  );
}

function One({ b, board }: { b: Brainstorm; board: Board }) {
  return (
    <Page
      title={b.room ? t`${b.title} · ${b.room}` : b.title}
      lead={<Lead b={b} />}
      actions={<Facilitate b={b} />}
      wide
    >
      {b.prompt_html && <MarkdownView html={b.prompt_html} className="bs-prompt" />}
      <Phases b={b} />
      <Rooms b={b} />
      {b.phase !== 'ended' && <p className="due-note">{b.kept}</p>}
      <Body b={b} board={board} />
      <TakesPart b={b} />
    </Page>
  );
}

function Lead({ b }: { b: Brainstorm }) {
  const space = useQuery(spacesQuery).data?.find((s) => s.id === b.space);
  return (
    <span className="bs-lead">
      {space && (
        <Link to="/spaces/$space" params={{ space: space.id }}>
          <SpaceDot space={space} />
        </Link>
      )}
      <span>{t`${b.facilitator.name} facilitates`}</span>
      <span>{b.anonymous ? t`anonymous` : t`under names`}</span>
      <Link to="/threads/$thread" params={{ thread: b.thread }}>{t`Discuss it`}</Link>
      {b.parent && (
        <Link to="/brainstorms/$brainstorm" params={{ brainstorm: b.parent }}>{t`The whole brainstorm`}</Link>
      )}
    </span>
  );
}

function Body({ b, board }: { b: Brainstorm; board: Board }) {
  switch (b.phase) {
    case 'collect':
      return <Collect b={b} board={board} />;
    case 'vote':
      return <Voting b={b} board={board} />;
    case 'act':
    case 'ended':
      return <Results b={b} board={board} />;
    default:
      return <Arrange b={b} board={board} />;
  }
}
