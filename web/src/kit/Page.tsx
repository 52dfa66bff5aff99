import { type ReactNode, useEffect } from 'react';

/** A page: title, one line under it, actions beside it, the content in the 980 px column. */
export function Page({
  title,
  lead,
  actions,
  wide,
  children,
}: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  useTitle(title);
  return (
    <section className="page" data-wide={wide || undefined} aria-labelledby="page-title">
      <header className="page-head">
        <div className="page-words">
          <h1 id="page-title">
            <bdi>{title}</bdi>
          </h1>
          {lead && (
            <p className="page-lead">
              <bdi>{lead}</bdi>
            </p>
          )}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

/** The name of the page in the browser's tab. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = title ? `${title} · Meantime` : 'Meantime';
  }, [title]);
}

/** A group of rows under a quiet heading. */
export function Section({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="group">
      <div className="group-head">
        <h2>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
