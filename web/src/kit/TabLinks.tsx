import './tabs.css';
import { Link } from '@tanstack/react-router';

export type TabLink = { value: string; label: string; count?: number };

/** The parts of a page as links; the first one is the page's own address. */
export function TabLinks({
  to,
  label,
  tabs,
  at,
}: {
  to: string;
  label: string;
  tabs: TabLink[];
  at: string;
}) {
  return (
    <nav className="tab-links" aria-label={label}>
      {tabs.map((tab, i) => (
        <Link
          key={tab.value}
          to={to as '/'}
          search={(i === 0 ? {} : { tab: tab.value }) as never}
          activeOptions={{ exact: true, includeSearch: true }}
          aria-current={tab.value === at ? 'page' : undefined}
        >
          {tab.label} {!!tab.count && <span className="tab-links-count">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}

/** The tab that an address asks for, or the first. */
export const tabOf = (tabs: TabLink[], asked: string | undefined): string =>
  tabs.some((tab) => tab.value === asked) ? (asked ?? '') : (tabs[0]?.value ?? '');
