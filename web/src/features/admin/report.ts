import { plural, t } from '@lingui/core/macro';
import type { ImportReason, ImportReport } from '~/api/types';

export type ReportRow = { what: string; there: number; fresh: number; note: string };

/** The counts of a report, row by row: how many the export holds, how many are new here. */
export function reportRows(r: ImportReport): ReportRow[] {
  const a = r.archive;
  const c = a.channels;
  const channels = c.public + c.private + c.group_dm + c.dm;
  const files = a.files.included + a.files.linked + a.files.external + a.files.gone;
  return [
    { what: t`People`, there: a.people, fresh: r.people, note: peopleNote(r) },
    { what: t`Spaces`, there: channels, fresh: r.spaces, note: spacesNote(r) },
    { what: t`Threads`, there: a.threads, fresh: r.threads, note: '' },
    {
      what: t`Posts`,
      there: a.messages,
      fresh: r.posts,
      note: join(
        a.replies && plural(a.replies, { one: '# reply', other: '# replies' }),
        r.edits && plural(r.edits, { one: '# edited since', other: '# edited since' }),
      ),
    },
    { what: t`Reactions`, there: a.reactions, fresh: r.reactions, note: '' },
    { what: t`Pinned posts`, there: a.pinned, fresh: r.pins, note: '' },
    { what: t`Files`, there: files, fresh: r.files, note: filesNote(r) },
  ];
}

function peopleNote(r: ImportReport): string {
  const { guests, bots, deactivated } = r.archive;
  return join(
    r.people_known && t`${r.people_known} here already`,
    guests && plural(guests, { one: '# guest', other: '# guests' }),
    bots && plural(bots, { one: '# app', other: '# apps' }),
    deactivated && t`${deactivated} deactivated`,
  );
}

function spacesNote(r: ImportReport): string {
  const c = r.archive.channels;
  return join(
    c.public && t`${c.public} public`,
    c.private && t`${c.private} private`,
    c.group_dm && plural(c.group_dm, { one: '# group message', other: '# group messages' }),
    c.dm && plural(c.dm, { one: '# direct message', other: '# direct messages' }),
    c.archived && t`${c.archived} archived`,
  );
}

function filesNote(r: ImportReport): string {
  const f = r.archive.files;
  return join(
    f.linked && t`${f.linked} as links`,
    f.external && t`${f.external} kept elsewhere`,
    f.gone && t`${f.gone} gone`,
  );
}

/** "3 apps, 1 guest": only what there is. */
const join = (...parts: (string | 0)[]): string => parts.filter(Boolean).join(', ');

/** "2 spaces, 1 thread, 147 posts and 7 people are new here" */
export function newWords(r: ImportReport): string {
  const list = join(
    plural(r.spaces, { one: '# space', other: '# spaces' }),
    plural(r.threads, { one: '# thread', other: '# threads' }),
    plural(r.posts, { one: '# post', other: '# posts' }),
    plural(r.people, { one: '# person', other: '# people' }),
  );
  return r.dry_run ? t`would be new here: ${list}` : t`new here: ${list}`;
}

const facts = ['no_people_list', 'no_private_channels', 'no_direct_messages', 'never_exported'];

/** A reason that says something about the whole export and counts nothing. */
export const isFact = (reason: ImportReason) => facts.includes(reason.code);
