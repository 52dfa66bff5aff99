import { t } from '@lingui/core/macro';
import { IconCalendarShare, IconDeviceDesktop } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { FeedRow } from '~/core/calendars';
import { Rows, Section } from '~/kit';
import { Subscriptions } from './Subscriptions';

/** Calendars that the reader reads in, and the feeds by which programs read for them. */
export function CalendarsTab() {
  return (
    <>
      <Subscriptions />
      <Section title={t`Your calendar elsewhere`}>
        <p className="set-note">
          {t`What you owe and promised, when you are away, and your focus, in the calendar program you use. It tells only what you may read at that moment.`}
        </p>
        <Rows label={t`Feeds`}>
          <li>
            <FeedRow
              kind="mine"
              title={t`A secret address`}
              face={
                <span className="set-icon">
                  <IconCalendarShare size={18} stroke={1.7} aria-hidden />
                </span>
              }
            >
              {t`For Google Calendar, Outlook and others that subscribe to an address.`}
            </FeedRow>
          </li>
          <li>
            <FeedRow
              kind="caldav"
              title={t`Signing in (CalDAV)`}
              face={
                <span className="set-icon">
                  <IconDeviceDesktop size={18} stroke={1.7} aria-hidden />
                </span>
              }
            >
              {t`For Apple Calendar, Thunderbird and DAVx⁵. Your teams’ calendars come along.`}
            </FeedRow>
          </li>
        </Rows>
        <p className="set-note">
          {t`A team’s calendar has an address of its own, on the page of teams:`}{' '}
          <Link to="/people" search={{ tab: 'teams' }}>{t`Teams`}</Link>.
        </p>
      </Section>
    </>
  );
}
