import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import type { CheckinTurn } from '~/api/checkins';
import { PathLink } from '~/kit';

export type Doing = CheckinTurn['did'][number];
export const doingKey = (d: Doing) => `${d.at} ${d.path}`;

type Props = { list: Doing[]; use: (list: Doing[]) => void; leave: (list: Doing[]) => void };

/** What the reader did here since last time, to be taken into the answer or left out. */
export function Did({ list, use, leave }: Props) {
  if (list.length === 0) return null;
  return (
    <section className="chk-did" aria-label={t`Suggestions`}>
      <p className="chk-did-head">
        <b>{t`From what you did here since last time`}</b>{' '}
        <span className="due-note">{t`Suggestions; nobody sees them unless you take them in.`}</span>
      </p>
      <ul>
        {list.map((d) => (
          <li key={doingKey(d)}>
            <span className="chk-did-words">
              {d.path ? (
                <PathLink path={d.path}>
                  <bdi>{d.words}</bdi>
                </PathLink>
              ) : (
                <bdi>{d.words}</bdi>
              )}
            </span>
            <Button variant="default" size="compact-xs" onClick={() => use([d])}>
              {t`Use`}
              <span className="hidden-words">{d.words}</span>
            </Button>
            <Button variant="subtle" color="gray" size="compact-xs" onClick={() => leave([d])}>
              {t`Leave out`}
              <span className="hidden-words">{d.words}</span>
            </Button>
          </li>
        ))}
      </ul>
      {list.length > 1 && (
        <div className="chk-did-all">
          <Button variant="default" size="compact-xs" onClick={() => use(list)}>
            {t`Use all ${list.length}`}
          </Button>
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => leave(list)}>
            {t`Leave all out`}
          </Button>
        </div>
      )}
    </section>
  );
}
