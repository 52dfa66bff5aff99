import type { ReactNode } from 'react';
import { useTitle } from '~/kit';

/** The frame of the pages outside: a quiet box with one form. */
export function Door({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  useTitle(title);
  return (
    <main className="door">
      <div className="door-box">
        <header className="door-head">
          <span className="mark" aria-hidden />
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </header>
        {children}
      </div>
    </main>
  );
}
