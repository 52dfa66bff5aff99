import { t } from '@lingui/core/macro';
import type { Decision, Marks } from '~/api/decisions';

/** Why a ballot cannot be cast yet, as a sentence; empty when it can. */
export function lacking(d: Pick<Decision, 'kind' | 'rules' | 'options'>, m: Marks): string {
  const said = !!m.reason?.trim() || Object.values(m.reasons ?? {}).some((r) => r.trim());
  if (m.abstain) return '';
  switch (d.kind) {
    case 'consent':
      if (!m.choice) return t`Choose one of the four.`;
      if (m.choice !== 'consent' && !m.reason?.trim())
        return t`Say what stands against it, so that it can be mended.`;
      break;
    case 'majority':
    case 'sense_check':
      if (!m.choice) return t`Choose one of the options, or abstain.`;
      break;
    case 'approval':
      if (!m.approved?.length) return t`Choose at least one option, or abstain.`;
      break;
    case 'ranked':
      if (!m.ranking?.length) return t`Put at least one option in its place, or abstain.`;
      break;
    case 'advice':
      if (!m.reason?.trim()) return t`Write your advice in a few words, or abstain.`;
      break;
    default:
      if (!Object.keys(m.scores ?? {}).length) return t`Mark at least one option, or abstain.`;
      if (d.kind === 'dots' && dotsLeft(d.rules.most, m) < 0) return t`Those are more dots than there are.`;
      if (d.kind === 'dots' && dotsLeft(d.rules.most, m) === d.rules.most)
        return t`Give out at least one dot, or abstain.`;
  }
  if (d.rules.reasons === 'required' && !said) return t`Say in a few words why.`;
  return '';
}

/** How many of the dots are still to be given out. */
export const dotsLeft = (most: number, m: Marks): number =>
  most - Object.values(m.scores ?? {}).reduce((sum, n) => sum + n, 0);

/** What is sent: the one part that the kind counts, and words. */
export function sent(m: Marks): Marks {
  const reason = m.reason?.trim() || undefined;
  const reasons = Object.fromEntries(Object.entries(m.reasons ?? {}).filter(([, r]) => r.trim()));
  const words = { reason, reasons: Object.keys(reasons).length ? reasons : undefined };
  if (m.abstain) return { abstain: true, ...words };
  const { choice, approved, scores, ranking } = m;
  return { choice: choice || undefined, approved, scores, ranking, ...words };
}

/** A receipt as this browser keeps it, for its owner alone. */
export type Kept = { receipt: string; code: string };
export const keptName = (decision: string) => `receipt ${decision}`;

/** A receipt of an anonymous ballot: 22 letters and digits drawn by this browser. */
export function newReceipt(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
  const out: string[] = [];
  while (out.length < 22) {
    for (const n of crypto.getRandomValues(new Uint8Array(32)))
      if (n < letters.length * 4 && out.length < 22) out.push(letters[n % letters.length] ?? '');
  }
  return out.join('');
}

/** The code that is listed for a receipt; null where the browser cannot compute it. */
export async function codeOf(decision: string, receipt: string): Promise<string | null> {
  if (!crypto.subtle) return null;
  const words = new TextEncoder().encode(`meantime receipt ${decision} ${receipt}`);
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', words));
  return Array.from(sum, (b) => b.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, 20);
}
