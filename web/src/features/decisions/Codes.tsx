import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Decision } from '~/api/decisions';
import { useDraft } from '~/core/compose/draft';
import { codesQuery } from './api';
import { codeOf, type Kept, keptName } from './ballot';

/** Whether one's own ballot was counted: its code is in the published list. Looked up here, in the browser. */
export function Codes({ decision: d }: { decision: Decision }) {
  const codes = useQuery(codesQuery(d.id)).data;
  const kept = useDraft<Kept | null>(keptName(d.id), null);
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<boolean | null>(null);
  const [mine, setMine] = useState('');
  const { receipt, code } = kept.value ?? { receipt: '', code: '' };
  useEffect(() => {
    if (code)
      setMine(code); // else its answer was lost on the way
    else if (receipt) void codeOf(d.id, receipt).then((c) => setMine(c ?? ''));
  }, [d.id, receipt, code]);
  if (!codes) return null;
  const look = async () => {
    const word = typed.trim();
    const computed = /^[0-9a-f]{20}$/.test(word) ? word : await codeOf(d.id, word);
    setFound(codes.includes(computed ?? word));
  };
  return (
    <div className="dec-codes">
      {mine && (
        <p role="status">
          <strong>
            {codes.includes(mine)
              ? t`Your ballot was counted: its code ${mine} is listed.`
              : t`Your code ${mine} is not listed. Tell whoever runs this server.`}
          </strong>
        </p>
      )}
      <details>
        <summary>{t`The codes of all receipts (${codes.length}), to look for your own`}</summary>
        <form
          className="dec-inline"
          onSubmit={(e) => {
            e.preventDefault();
            void look();
          }}
        >
          <TextInput
            size="xs"
            label={t`Your code, or your receipt`}
            description={t`It is compared here in your browser, and sent nowhere.`}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(e) => {
              setTyped(e.currentTarget.value);
              setFound(null);
            }}
          />
          <Button type="submit" size="xs" variant="default" disabled={!typed.trim()}>
            {t`Look it up`}
          </Button>
          {found !== null && (
            <span role="status">
              {found ? t`It is listed: your ballot was counted.` : t`It is not listed.`}
            </span>
          )}
        </form>
        <ul className="dec-code-list">
          {codes.map((c) => (
            <li key={c} data-mine={c === mine || undefined}>
              <code>{c}</code>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
