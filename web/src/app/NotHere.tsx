import { t } from '@lingui/core/macro';
import { Link } from '@tanstack/react-router';
import { Empty } from '~/kit';

/** For addresses that lead nowhere, or to what the reader may not see: the two look the same. */
export function NotHere() {
  return (
    <main className="page">
      <Empty title={t`There is nothing here.`}>
        <p>{t`It may have been moved or removed, or it was never yours to see.`}</p>
        <p>
          <Link to="/inbox">{t`To your inbox`}</Link>
        </p>
      </Empty>
    </main>
  );
}
