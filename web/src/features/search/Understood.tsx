import { t } from '@lingui/core/macro';
import { CloseButton } from '@mantine/core';
import type { Found } from '~/api/types';
import { type FilterName, without } from './filters';

type Props = { found: Found; typed: string; write: (q: string) => void };

/** How the search was read: each filter can be taken out, and what was not understood is said. */
export function Understood({ found, typed, write }: Props) {
  const { words, from, in: space, owed, before, strange } = found.understood;
  const filters: [FilterName, string][] = [];
  if (from) filters.push(['from', t`written by ${from}`]);
  if (space) filters.push(['in', t`in ${space}`]);
  if (owed)
    filters.push(['owed', owed === 'me' ? t`where you owe an answer` : t`where ${owed} owes an answer`]);
  if (before) filters.push(['before', t`before ${before}`]);
  if (filters.length === 0 && !strange?.length) return null;
  return (
    <div className="understood" role="group" aria-label={t`How this was understood`}>
      {words.length > 0 && <span>{t`with ${words.map((w) => `“${w}”`).join(', ')}`}</span>}
      {filters.map(([name, text]) => (
        <span key={name} className="understood-one">
          <bdi>{text}</bdi>
          <CloseButton
            size="xs"
            aria-label={t`Without: ${text}`}
            onClick={() => write(without(typed, name))}
          />
        </span>
      ))}
      {strange?.map((part) => (
        <span key={part} className="understood-strange">
          {t`“${part}” was not understood and left out`}
        </span>
      ))}
    </div>
  );
}
