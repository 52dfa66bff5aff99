import { t } from '@lingui/core/macro';
import type { Count } from '~/api/decisions';

type Props = { count: Count; name: (key: string) => string };

/** Each option against each other one, and the path by which the winner was found. */
export function DuelTable({ count, name }: Props) {
  const duels = count.duels;
  if (!duels?.options) return null;
  const order = count.places.flatMap((p) => p.options ?? []);
  const keys = [...duels.options].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const at = (list: (number[] | null)[] | null | undefined, a: string, b: string) =>
    list?.[duels.options?.indexOf(a) ?? 0]?.[duels.options?.indexOf(b) ?? 0] ?? 0;
  return (
    <div className="dec-duels">
      <h3>{t`Each against each`}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys as well */}
      <div className="dec-scroll" role="region" aria-label={t`Each against each`} tabIndex={0}>
        <table>
          <caption className="due-note">{t`How many put the row above the column. Bold: the row wins.`}</caption>
          <thead>
            <tr>
              <td />
              {keys.map((k) => (
                <th key={k} scope="col">
                  <bdi>{name(k)}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {keys.map((a) => (
              <tr key={a}>
                <th scope="row">
                  <bdi>{name(a)}</bdi>
                </th>
                {keys.map((b) =>
                  a === b ? (
                    <td key={b} className="dec-self">
                      ·
                    </td>
                  ) : (
                    <td
                      key={b}
                      data-wins={at(duels.prefer, a, b) > at(duels.prefer, b, a) || undefined}
                      title={t`${name(a)} above ${name(b)}: ${at(duels.prefer, a, b)} to ${at(duels.prefer, b, a)}`}
                    >
                      {at(duels.prefer, a, b)}
                      {duels.paths && <span className="dec-path">{t`path ${at(duels.paths, a, b)}`}</span>}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="dec-note">
        {duels.condorcet
          ? t`${name(duels.condorcet)} wins against each of the others alone.`
          : t`No option wins against each of the others alone.`}
        {duels.paths && ` ${t`“Path” is the weakest link of the strongest chain of victories.`}`}
      </p>
      {!!duels.pairs?.length && (
        <>
          <h3>{t`Victories, the clearest first`}</h3>
          <ol className="dec-pairs">
            {duels.pairs.map((p, i) => (
              <li key={i} data-skipped={!p.locked || undefined}>
                {t`${name(p.winner)} over ${name(p.loser)}, ${p.for} to ${p.against}`}
                {!p.locked && <span className="due-note"> {t`left out: it would close a circle`}</span>}
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
