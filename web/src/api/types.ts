/** The API's nouns as the browser sees them. Instants are RFC 3339 strings in UTC. */
export type Id = string;
export type Instant = string;
export type Page<T> = { items: T[]; next: string };
export type Role = 'owner' | 'admin' | 'member' | 'guest';

export type PersonRef = {
  id: Id;
  name: string;
  handle: string;
  zone: string;
  bot: boolean;
  removed: boolean;
};
export type Range = { from: Instant; to: Instant };

export type Me = {
  person: PersonRef & { email: string; role: Role; title: string };
  workspace: { id: Id; name: string };
  workspaces: { id: Id; name: string }[];
  demo: boolean;
  now: Instant;
  day: { working: Range[]; focus: Range[]; next_start: Instant | null; end: Instant | null };
  /** The pages are closed to the reader outside their hours, as they wish. */
  closes: boolean;
  may: { administer: boolean; invite: boolean };
};

export type Session = { id: Id; current: boolean; agent: string; created_at: Instant; used_at: Instant };
export type Token = { id: Id; name: string; current: boolean; created_at: Instant; used_at: Instant | null };
/** A browser or phone that is told of its owner's digests. */
export type Device = {
  id: Id;
  name: string;
  fingerprint: string;
  here: boolean;
  created_at: Instant;
  reached_at: Instant | null;
  problem: string;
};
export type Invitation = {
  id: Id;
  link: string;
  email: string;
  name: string;
  role: Role;
  spaces: Id[];
  guest_until: Instant | null;
  inviter: Id;
  expires_at: Instant;
  created_at: Instant;
};
/** What an invitation tells whoever holds its link; about, path, ends and over when it leads to one thing. */
export type InvitationFace = {
  workspace: string;
  inviter: string;
  email: string;
  name: string;
  role: Role;
  guest_until: string | null;
  about: string;
  path: string;
  ends: string | null;
  over: string;
};

export type Away = { from: Instant; to: Instant; reason: string; stand_in: PersonRef | null };
export type PersonCard = PersonRef & {
  email: string;
  role: Role;
  title: string;
  state: 'active' | 'removed' | 'placeholder';
  guest_until: Instant | null;
  teams: { id: Id; name: string }[];
  local_time: string;
  utc_offset_minutes: number;
  reach: { routine: Instant | null; soon: Instant | null };
  working: boolean;
  day: Range[];
  absence: Away | null;
};
export type Workspace = { id: Id; name: string; people: number };
export type Team = { id: Id; name: string; handle: string; members: PersonRef[]; may: { change: boolean } };

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
/** A schedule as it is written: ranges are "HH:MM-HH:MM", check times "HH:MM". */
export type ScheduleSpec = {
  zone: string;
  zones?: { from: string; zone: string }[];
  weekly?: Partial<Record<Weekday, string[]>>;
  overrides?: Record<string, string[]>;
  /** By weekday, or by date for a single block. */
  focus?: Record<string, string[]>;
  checks?: Partial<Record<Weekday, string[]>>;
};
export type Absence = { id: Id; from: string; to: string; reason: string; stand_in: PersonRef | null };
export type Calendar = {
  id: Id;
  name: string;
  url: string;
  days: { date: string; name: string }[];
  updated_at: Instant;
  problem: string;
  mine: boolean;
};
/** A calendar that the reader reads in from elsewhere. */
export type Subscription = {
  id: Id;
  kind: 'busy' | 'meetings';
  source: 'ics' | 'caldav';
  name: string;
  host: string;
  username: string;
  counts_as_focus: boolean;
  events: number;
  problem: string;
  note: string;
  refreshed_at: Instant | null;
  next_at: Instant;
};
export type NewSubscription = {
  kind: Subscription['kind'];
  source: Subscription['source'];
  name?: string;
  url: string;
  username?: string;
  password?: string;
  counts_as_focus?: boolean;
};
export type CalendarEvent = { start: Instant; end: Instant; all_day: boolean; busy: boolean; title: string };
/** A way for calendar programs to read for somebody. */
export type Feed = {
  id: Id;
  kind: 'mine' | 'team' | 'caldav';
  team: Id;
  made_at: Instant;
  read_at: Instant | null;
};
export type FreshFeed = Feed & { url: string; username: string; password: string };
export type ScheduleDay = {
  date: string;
  working: Range[];
  focus: Range[];
  holiday: string | null;
  absent: boolean;
};
export type Schedule = {
  spec: ScheduleSpec;
  version: number;
  calendars: Calendar[];
  absences: Absence[];
  week: ScheduleDay[];
};
export type Template = { key: string; name: string; schedule: ScheduleSpec };
export type Overlap = {
  people: { person: PersonRef; ranges: Range[]; absent: boolean }[];
  common: { from: Instant; to: Instant; n: number }[];
  next_common: Range | null;
};

export type SpaceRef = { id: Id; name: string; color: string };
export type Space = SpaceRef & {
  handle: string;
  purpose: string;
  private: boolean;
  archived: boolean;
  member: boolean;
  members: number;
  windows: { default: string; shortest: string };
  may: { post: boolean; change: boolean; invite: boolean };
};
export type Conclusion = { markdown: string; html: string; by: PersonRef; at: Instant };
export type Thread = {
  id: Id;
  space: SpaceRef & { private: boolean };
  title: string;
  purpose: string;
  state: 'open' | 'concluded';
  conclusion: Conclusion | null;
  opened_by: PersonRef;
  opened_at: Instant;
  last_post_at: Instant;
  posts: number;
  unread: number;
  following: boolean;
  muted: boolean;
  saved: boolean;
  open_asks: number;
  pinned: boolean;
  may: { post: boolean; conclude: boolean; reopen: boolean; edit: boolean };
};
export type File = { id: Id; name: string; type: string; size: number; url: string; image: boolean };
export type Reaction = { emoji: string; people: PersonRef[]; mine: boolean };
export type Post = {
  id: Id;
  thread: Id;
  /** Its number in the thread, from 1. */
  n: number;
  /** A note is a line that the house wrote about a change of the thread. */
  kind: 'post' | 'note';
  author: PersonRef;
  markdown: string;
  html: string;
  created_at: Instant;
  edited_at: Instant | null;
  revisions: number;
  deleted: boolean;
  reactions: Reaction[];
  files: File[];
  mentions: Id[];
  asks: Ask[];
  answers: Id[];
  info: boolean;
  pinned: boolean;
  /** It came by mail, and the whole of that can be read. */
  by_mail: boolean;
  may: { edit: boolean; delete: boolean };
};
export type Since = { post: Id | null; new: number; changes: string[] };
export type Posts = Page<Post> & { previous: string; since: Since };
export type Revision = { markdown: string; html: string; at: Instant; by: PersonRef };

export type AskKind = 'reply' | 'review' | 'approve' | 'decide' | 'do' | 'acknowledge' | 'check_in';
export type Urgency = 'routine' | 'soon' | 'urgent';
export type Need = 'all' | 'any' | number;
export type SilenceThen = 'nothing' | 'consent' | 'escalate' | 'i_decide';
/** duty: teams whose person on duty is meant, or 'here' for the space's own. */
export type Recipients = { people: Id[]; teams: Id[]; duty?: string[] };
export type NewAsk = {
  kind: AskKind;
  to: Recipients;
  window?: string;
  deadline?: Instant;
  urgency?: Urgency;
  reason?: string;
  otherwise?: string;
  second_reason?: string;
  need?: Need;
  silence?: { then: SilenceThen; to?: Id };
  text?: string;
  choices?: string[];
};
export type OwedState = 'waiting' | 'acknowledged' | 'answered' | 'declined' | 'passed' | 'released';
export type Owed = {
  person: PersonRef;
  state: OwedState;
  late: boolean;
  reach: Instant | null;
  due: Instant | null;
  promised_at: Instant | null;
  answer: { value: string | null; note: string; post: Id | null; at: Instant } | null;
  reason: string;
  passed_to: PersonRef | null;
  changed_at: Instant;
};
export type Ask = {
  id: Id;
  thread: Id;
  post: Id;
  thread_title: string;
  space: SpaceRef;
  asker: PersonRef;
  kind: AskKind;
  text: string;
  urgency: Urgency;
  reason: string;
  otherwise: string;
  window: string;
  deadline: Instant | null;
  need: Need;
  choices: string[];
  silence: { then: SilenceThen; to: PersonRef | null };
  state: 'open' | 'settled' | 'released' | 'lapsed';
  owed: Owed[];
  answered: number;
  needed: number;
  created_at: Instant;
  settled_at: Instant | null;
  last_due: Instant | null;
  /** The path of the page on which it is answered; empty when it is answered here. */
  elsewhere: string;
  may: {
    answer: boolean;
    acknowledge: boolean;
    decline: boolean;
    pass: boolean;
    release: boolean;
    extend: boolean;
    remind: boolean;
  };
};
/** An absence before the due: when they are back, and whoever can be asked instead. */
export type ForecastAway = Away & {
  back: Instant | null;
  instead: { person: PersonRef; reach: Instant | null; due: Instant | null; reach_local: string } | null;
};
export type ForecastPerson = {
  person: PersonRef;
  reach: Instant | null;
  due: Instant | null;
  reach_local: string;
  due_local: string;
  unreachable: boolean;
  away: ForecastAway | null;
  holiday: { date: string; name: string } | null;
  outside_hours: boolean;
  short: boolean;
};
export type Forecast = {
  people: ForecastPerson[];
  first: Instant | null;
  all_by: Instant | null;
  enough_by: Instant | null;
  without: { person: PersonRef; all_by: Instant; sooner_minutes: number } | null;
  warnings: string[];
  page: ForecastPage | null;
  /** The window this was computed with, and the team whose agreement says so. */
  window: string;
  agreed_by: string;
};
/** Whom an urgent ask would page, and what it costs. */
export type ForecastPage = {
  used: number;
  budget: number;
  /** The team whose agreement sets the budget, and when it says that something is urgent. */
  agreed_by: string;
  rule: string;
  over: boolean;
  steps: {
    name: string;
    minutes: number;
    people: { person: PersonRef; reached: boolean; woken: boolean; local: string; why: string }[];
  }[];
};

export type InboxTab = 'owe' | 'owed' | 'info' | 'snoozed';
export type InboxGroup = 'late' | 'today' | 'week' | 'later' | 'info';
export type InboxRow = {
  key: Id;
  group: InboxGroup;
  kind: string;
  title: string;
  context: string;
  excerpt: string;
  who: PersonRef;
  space: SpaceRef;
  path: string;
  due: Instant | null;
  ask: Ask | null;
  changed_at: Instant;
  delivered: boolean;
  snoozed_until: Instant | null;
  may: { done: boolean; snooze: boolean; answer: boolean };
};
export type Inbox = Page<InboxRow> & { counts: Record<InboxTab, number>; line: string };
export type Digest = {
  id: Id;
  at: Instant;
  items: number;
  urgency: Urgency;
  channel: string;
  mailed_at: Instant | null;
};
export type DigestItem = {
  kind: string;
  title: string;
  excerpt: string;
  path: string;
  due: Instant | null;
  who: PersonRef;
  /** Of a catch-up; empty elsewhere. */
  section: CatchUpSection | '';
  /** Whom the reader can ask in the place of somebody who is away. */
  instead: { ask: Id; person: PersonRef; to: PersonRef } | null;
};
export type DigestFull = Omit<Digest, 'items'> & { items: DigestItem[]; away: Range | null };

export type CatchUpSection = 'matters' | 'decided' | 'answered' | 'rest';
/** What happened while the reader was away. */
export type CatchUp = {
  absence: Id | '';
  away: Range | null;
  waiting: number;
  matters: DigestItem[];
  decided: DigestItem[];
  answered: DigestItem[];
  rest: DigestItem[];
};
/** Something the reader owes that would be due during an absence of theirs. */
export type DueWhileAway = {
  ask: Ask;
  due: Instant;
  now: Instant | null;
  moved: boolean;
  told: boolean;
  stand_in: PersonRef | null;
};
/** Somebody whom the reader asked and who is away before the due. */
export type AskAway = { person: PersonRef; away: Away & { may: boolean } };

export type Boundaries = {
  closes: boolean;
  since: Instant;
  acts: number;
  outside: number;
  days: { date: string; acts: number; first: Instant; last: Instant }[];
  often: boolean;
  /** Meetings of the last fourteen days, and which lie in time that a team keeps free of them. */
  met: number;
  clashes: { team: Id; name: string; past: OwnMeeting[]; ahead: OwnMeeting[] }[];
};
export type OwnMeeting = { title: string; start: Instant; end: Instant };
export type FocusSuggestion = { weekday: Weekday; from: string; to: string; why: string };

export type UrgentWho = 'anyone' | 'members' | 'admins';
export type AgreementFields = {
  windows?: Record<string, string>;
  checks?: string[];
  quiet?: { earliest: string; latest: string };
  urgent?: { who?: UrgentWho; per_month?: number; rule?: string };
  meeting_free?: Record<string, string[]>;
  spaces?: Id[];
};
export type Agreement = {
  team: { id: Id; name: string };
  version: number;
  fields: AgreementFields;
  prose: string;
  prose_html: string;
  reason: string;
  author: PersonRef | null;
  at: Instant | null;
  may: { change: boolean; bound: boolean };
};
export type AgreementVersion = {
  version: number;
  reason: string;
  author: PersonRef;
  at: Instant;
  restored: number;
  changes: { field: string; was: string; is: string }[];
  prose: { op: ' ' | '+' | '-'; text: string }[];
};
export type Attention = {
  mail: boolean;
  page_outside_hours: boolean;
  mail_asks?: 'each' | 'digest' | 'none';
  mail_news?: 'digest' | 'none';
  mail_info?: 'digest' | 'none';
  mail_plain?: boolean;
};
export type HeldMail = { id: Id; from: string; subject: string; at: Instant };
export type MyMail = {
  address: string;
  takes: boolean;
  paused: { at: Instant; why: string } | null;
  aliases: string[];
  held: HeldMail[];
};
export type SpaceMail = { shared: string; own: string };
export type MailOriginal = {
  headers: { name: string; value: string }[];
  at: Instant;
  text: string;
  attachments: { name: string; type: string; size: number }[];
  may: { download: boolean };
};

export type Hit = {
  kind: 'thread' | 'post' | 'person' | 'checkin_answer';
  id: Id;
  title: string;
  excerpt_html: string;
  path: string;
  space: SpaceRef | null;
  who: PersonRef | null;
  at: Instant | null;
  concluded: boolean;
};
export type Found = Page<Hit> & {
  understood: {
    words: string[];
    from: string | null;
    in: string | null;
    owed: string | null;
    before: string | null;
    strange: string[];
  };
};

/** Why something of an export does not come in, how often, with a few examples. */
export type ImportReason = { code: string; sentence: string; count: number; examples?: string[] };
/** What an export holds, whether or not it comes in. */
export type ImportArchive = {
  archive: string;
  team?: string;
  from?: Instant;
  to?: Instant;
  people: number;
  guests: number;
  bots: number;
  deactivated: number;
  channels: { public: number; private: number; group_dm: number; dm: number; archived: number };
  threads: number;
  messages: number;
  replies: number;
  reactions: number;
  pinned: number;
  files: { included: number; included_bytes: number; linked: number; external: number; gone: number };
};
export type ImportReport = {
  people: number;
  people_known: number;
  spaces: number;
  threads: number;
  posts: number;
  edits: number;
  reactions: number;
  pins: number;
  files: number;
  dry_run: boolean;
  skipped: ImportReason[];
  missing: ImportReason[];
  archive: ImportArchive;
  text: string;
};
export type Import = {
  id: Id;
  state: 'checking' | 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number;
  phase: string;
  report: ImportReport | null;
  problem: string;
  dry_run: boolean;
  file: string;
  started_at: Instant;
  finished_at: Instant | null;
};
export type Clock = { now: Instant; demo: boolean; offset_seconds: number };
export type Mail = {
  id: Id;
  to: string;
  subject: string;
  text: string;
  html: string;
  kind: string;
  reply_to: string;
  at: Instant;
  state: 'sending' | 'waiting' | 'held' | 'sent' | 'failed';
  problem: string;
};
/** One line of the live stream: something changed, fetch it again. */
export type Change = {
  seq: number;
  kind: string;
  subject: { kind: string; id: Id };
  thread?: Id;
  space?: Id;
};
