import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { mail } from '~/api';
import { keys } from '~/api/queries';

/** Says when mail to the reader came back, or one in their name waits for their word; else nothing. */
export function MailNote() {
  const found = useQuery({ queryKey: keys.mail, queryFn: mail.mine, staleTime: 600_000 }).data;
  if (!found || (!found.paused && found.held.length === 0)) return null;
  return (
    <p className="inbox-note" role="status">
      {found.paused
        ? t`Mail to ${found.address} came back, and nothing is sent there for now.`
        : t`A mail came in your name from an address that is not known as yours.`}{' '}
      <Link to="/settings" search={{ tab: 'reach' }}>
        {t`See to it`}
      </Link>
    </p>
  );
}
