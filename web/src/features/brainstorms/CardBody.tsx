import { t } from '@lingui/core/macro';
import { memo } from 'react';
import type { Idea } from '~/api/brainstorms';
import { Name, Tag } from '~/kit';

type Props = { idea: Idea; merged?: Idea[]; titleId?: string; group?: string };

/** What stands on a card: words, link, picture, whose it is, and the ideas that were merged into it. */
export const CardBody = memo(function CardBody({ idea, merged, titleId, group }: Props) {
  return (
    <div className="bs-card-body">
      <div id={titleId}>
        {idea.n > 0 && <span className="bs-n">#{idea.n}</span>}
        {idea.text && (
          <p className="bs-text" dir="auto">
            {idea.text}
          </p>
        )}
        <Extras idea={idea} />
      </div>
      {merged?.map((m) => (
        <blockquote key={m.id} className="bs-merged">
          {m.text && <p dir="auto">{m.text}</p>}
          <Extras idea={m} />
          {m.author && (
            <span className="due-note">
              <Name person={m.author} />
            </span>
          )}
        </blockquote>
      ))}
      <Marks idea={idea} group={group} />
    </div>
  );
});

function Extras({ idea }: { idea: Idea }) {
  return (
    <>
      {idea.link && (
        <a className="bs-link" href={idea.link} target="_blank" rel="noopener noreferrer nofollow">
          {shown(idea.link)}
        </a>
      )}
      {idea.picture && (
        <a href={idea.picture} target="_blank" rel="noopener noreferrer">
          <img
            className="bs-picture"
            src={idea.picture}
            alt={idea.text ? t`The picture of: ${idea.text}` : t`A picture without words`}
            loading="lazy"
            decoding="async"
          />
        </a>
      )}
    </>
  );
}

function Marks({ idea, group }: { idea: Idea; group?: string }) {
  const any = idea.author || idea.mine || idea.late || idea.hidden || idea.room || group;
  if (!any) return null;
  return (
    <div className="bs-marks">
      {idea.author && (
        <span className="due-note">
          <Name person={idea.author} />
        </span>
      )}
      {group && <Tag>{group}</Tag>}
      {idea.mine && <Tag hue="blue">{t`Yours`}</Tag>}
      {idea.hidden && <Tag>{t`Only you see it`}</Tag>}
      {idea.late && <Tag hue="yellow">{t`Late`}</Tag>}
      {idea.room && <Tag>{idea.room}</Tag>}
    </div>
  );
}

/** A link as people read it. */
const shown = (link: string) => link.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
