import { t } from '@lingui/core/macro';
import type { ImportReason, ImportReport } from '~/api/types';

export type ReportRow = { what: string; there: number; fresh: number; note: string };

/** The counts of a report, row by row: how many the export holds, how many are new here. */
export function reportRows(r: ImportReport): ReportRow[] {
  const a = r.archive;
  const c = a.channels;
  const channels = c.public + c.private + c.group_dm + c.dm;
  const files = a.files.included + a.files.linked + a.files.external + a.files.gone;
  return [
    {
      what: t`People`,
      there: a.people,
      fresh: r.people,
      note: notes(
        [r.people_known, t`here already`],
        [a.guests, t`guests`],
        [a.bots, t`apps`],
        [a.deactivated, t`deactivated`],
      ),
    },
    {
      what: t`Spaces`,
      there: channels,
      fresh: r.spaces,
      note: notes(
        [c.public, t`public`],
        [c.private, t`private`],
        [c.group_dm, t`group messages`],
        [c.dm, t`direct messages`],
        [c.archived, t`archived`],
      ),
    },
    { what: t`Threads`, there: a.threads, fresh: r.threads, note: '' },
    {
      what: t`Posts`,
      there: a.messages,
      fresh: r.posts,
      note: notes([a.replies, t`replies`], [r.edits, t`edited since an earlier import`]),
    },
    { what: t`Reactions`, there: a.reactions, fresh: r.reactions, note: '' },
    { what: t`Pinned posts`, there: a.pinned, fresh: r.pins, note: '' },
    {
      what: t`Files`,
      there: files,
      fresh: r.files,
      note: notes(
        [a.files.linked, t`come in as links`],
        [a.files.external, t`kept elsewhere`],
        [a.files.gone, t`gone`],
      ),
    },
  ];
}

/** "3 apps, 1 guests": only what there is. */
const notes = (...parts: [number, string][]): string =>
  parts
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${n} ${word}`)
    .join(', ');

const facts = ['no_people_list', 'no_private_channels', 'no_direct_messages', 'never_exported'];

/** A reason that says something about the whole export and counts nothing. */
export const isFact = (reason: ImportReason) => facts.includes(reason.code);
