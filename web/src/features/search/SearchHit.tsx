import { t } from '@lingui/core/macro';
import { IconChecklist, IconMessage, IconMessages } from '@tabler/icons-react';
import type { Hit } from '~/api/types';
import { Face, Marked, PathLink, Row, SpaceDot, Tag, When } from '~/kit';

/** One thing that was found, with the words that fit marked. */
export function SearchHit({ hit }: { hit: Hit }) {
  const Icon =
    hit.kind === 'checkin_answer' ? IconChecklist : hit.kind === 'post' ? IconMessage : IconMessages;
  return (
    <Row
      face={
        hit.kind === 'person' ? (
          <Face name={hit.title} />
        ) : hit.who ? (
          <Face name={hit.who.name} />
        ) : (
          <Icon size={20} aria-hidden />
        )
      }
      title={
        <PathLink path={hit.path}>
          <bdi>{hit.title}</bdi>
        </PathLink>
      }
      tag={
        <>
          <Tag>{kindWord(hit.kind)}</Tag>
          {hit.concluded && <Tag hue="green">{t`Concluded`}</Tag>}
        </>
      }
      sub={
        <>
          {hit.space && <SpaceDot space={hit.space} />}
          {hit.space && hit.who && ' · '}
          {hit.who && <bdi>{hit.who.name}</bdi>}
        </>
      }
      end={
        hit.at && hit.kind !== 'person' ? (
          <span className="due-note">
            <When at={hit.at} as="ago" />
          </span>
        ) : null
      }
      below={
        hit.excerpt_html && (
          <p className="hit-text" dir="auto">
            <Marked html={hit.excerpt_html} />
          </p>
        )
      }
    />
  );
}

function kindWord(kind: Hit['kind']): string {
  return { thread: t`Thread`, post: t`Post`, person: t`Person`, checkin_answer: t`Check-in answer` }[kind];
}
