import type { ReactNode } from 'react';
import { sentenceOf } from '~/api';

/** What went wrong with something just tried, read out at once; nothing while all is well. */
export function Wrong({
  error,
  says,
  children,
}: {
  error?: unknown;
  says?: string | null;
  children?: ReactNode;
}) {
  const sentence = says || (error ? sentenceOf(error) : '');
  return sentence ? (
    <p role="alert" className="wrong">
      {sentence}
      {children && <> {children}</>}
    </p>
  ) : null;
}
