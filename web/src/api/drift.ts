/**
 * Nothing but a check of types: what the server's description says of each answer
 * fits the type that the screens are written against. When this file does not
 * compile, the API changed: mend types.ts, never this file.
 */
import type { components } from './schema';
import type * as ours from './types';

type Server = components['schemas'];

/** Compiles only when every value that the server sends is a value that we expect. */
type Fits<Expected, _Sent extends Expected> = true;

export type Checks = [
  Fits<ours.Me, Server['PeopleMe']>,
  Fits<ours.PersonCard, Server['PeoplePersonCard']>,
  Fits<ours.Team, Server['PeopleTeamOut']>,
  Fits<ours.Absence, Server['PeopleAbsenceOut']>,
  Fits<ours.Calendar, Server['PeopleCalendarOut']>,
  Fits<ours.Subscription, Server['CalendarsSubscriptionOut']>,
  Fits<ours.CalendarEvent, Server['CalendarsEventOut']>,
  Fits<ours.Feed, Server['CalendarsFeedOut']>,
  Fits<ours.FreshFeed, Server['CalendarsFreshFeed']>,
  // The description cannot say that a day's list of ranges is never null.
  Fits<Omit<ours.Schedule, 'spec'>, Omit<Server['PeopleScheduleOut'], 'spec'>>,
  Fits<ours.Overlap, Server['PeopleOverlap']>,
  Fits<ours.Session, Server['AuthSessionOut']>,
  Fits<ours.Device, Server['PushDeviceOut']>,
  Fits<ours.Token, Server['AuthTokenOut']>,
  Fits<ours.Invitation, Server['AuthInvitationOut']>,
  Fits<ours.Space, Server['SpacesSpaceView']>,
  Fits<ours.Thread, Server['SpacesThreadView']>,
  Fits<ours.Post, Server['SpacesPostView']>,
  Fits<ours.Revision, Server['SpacesRevisionView']>,
  Fits<ours.Ask, Server['AsksAskView']>,
  Fits<ours.Forecast, Server['AsksForecastView']>,
  Fits<ours.Inbox, Server['AttentionInbox']>,
  Fits<ours.Digest, Server['AttentionDigestView']>,
  Fits<ours.DigestFull, Server['AttentionDigestDetail']>,
  Fits<ours.CatchUp, Server['AttentionCatchUpView']>,
  Fits<ours.DueWhileAway, Server['AsksAwayOwingView']>,
  Fits<ours.AskAway, Server['AsksAskAwayView']>,
  Fits<ours.Boundaries, Server['BoundariesBoundariesOut']>,
  Fits<ours.FocusSuggestion, Server['BoundariesSuggestionOut']>,
  // The description cannot say that a day's list of ranges is never null.
  Fits<Omit<ours.Agreement, 'fields'>, Omit<Server['AgreementsAgreementOut'], 'fields'>>,
  Fits<ours.AgreementVersion, Server['AgreementsAgreementVersionOut']>,
  Fits<ours.Attention, Server['AttentionSettingsBody']>,
  Fits<ours.Found, Server['SearchFoundJSON']>,
  Fits<ours.Import, Server['ImportersImportView']>,
  Fits<ours.Clock, Server['DemoClockJSON']>,
  Fits<ours.Mail, Server['MailMail']>,
  Fits<ours.MyMail, Server['MailMyMail']>,
  Fits<ours.SpaceMail, Server['MailSpaceMail']>,
  Fits<ours.MailOriginal, Server['MailMailOriginal']>,
];
