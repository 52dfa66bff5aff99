import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A link to a path that the server gave, such as "/threads/thr_1#post_2". */
export function PathLink({
  path,
  children,
  className,
}: {
  path: string;
  children: ReactNode;
  className?: string;
}) {
  const url = new URL(path, 'http://here');
  return (
    <Link
      to={url.pathname as '/'}
      search={Object.fromEntries(url.searchParams) as never}
      hash={url.hash.slice(1) || undefined}
      className={className}
    >
      {children}
    </Link>
  );
}
