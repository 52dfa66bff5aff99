import './outbox.css';
import { getRouteApi } from '@tanstack/react-router';
import { MailPage } from './MailPage';
import { OutboxList } from './OutboxList';

const route = getRouteApi('/shell/outbox');

/** The mail that was written to people: all of it, or one of it. */
export function OutboxPage() {
  const { mail } = route.useSearch();
  return mail ? <MailPage id={mail} /> : <OutboxList />;
}
