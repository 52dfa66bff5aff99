import { t } from '@lingui/core/macro';
import type { Import, Me, PersonCard, Role } from '~/api/types';
import type { Hue } from '~/kit';

const ranks: Role[] = ['guest', 'member', 'admin', 'owner'];

export function roleWord(role: Role): string {
  return { owner: t`Owner`, admin: t`Admin`, member: t`Member`, guest: t`Guest` }[role];
}

/** What a role may do, in a line. */
export function roleLine(role: Role): string {
  return {
    owner: t`May do everything here, and make other owners.`,
    admin: t`Manages people, invitations and imports.`,
    member: t`Reads every open space, writes, and asks.`,
    guest: t`Sees only the spaces given to them.`,
  }[role];
}

/** The roles that somebody may give: none above their own. Highest first. */
export const rolesFor = (mine: Role): Role[] => ranks.slice(0, ranks.indexOf(mine) + 1).toReversed();

/** Why somebody's standing cannot be changed here; empty when it can. */
export function whyFixed(me: Me, person: PersonCard, owners: number): string {
  if (person.role === 'owner' && me.person.role !== 'owner') return t`Only owners may change an owner.`;
  if (person.role === 'owner' && owners < 2) return t`The only owner. Make somebody else an owner first.`;
  return '';
}

/** What became of an import, as a word on a colour. */
export function stateTag(one: Import): { hue: Hue; word: string } {
  switch (one.state) {
    case 'checking':
    case 'running':
      return { hue: 'blue', word: t`under way` };
    case 'failed':
      return { hue: 'red', word: t`did not work` };
    case 'cancelled':
      return { hue: 'gray', word: t`cancelled` };
    default:
      return one.dry_run ? { hue: 'violet', word: t`dry run` } : { hue: 'green', word: t`imported` };
  }
}

/** How far an import is, 0 to 100; null while nobody knows. */
export const percentOf = (one: Import): number | null =>
  one.total > 0 ? Math.min(100, Math.floor((100 * one.done) / one.total)) : null;

/** What an import is doing, in the reader's words. */
export function phaseWord(phase: string): string {
  const words: Record<string, string> = {
    Waiting: t`waiting for its turn`,
    Checking: t`reading the file`,
    Comparing: t`comparing with what is here`,
    People: t`people`,
    Spaces: t`spaces`,
    Messages: t`messages`,
  };
  return words[phase] ?? phase;
}
