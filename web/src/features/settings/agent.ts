import { t } from '@lingui/core/macro';

const browsers: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** "Firefox on Linux" of what a browser calls itself; its first words when unknown. */
export function agentWords(agent: string): string {
  const find = (list: [RegExp, string][]) => list.find(([is]) => is.test(agent))?.[1];
  const browser = find(browsers);
  const system = find(systems);
  if (browser && system) return t`${browser} on ${system}`;
  return browser ?? system ?? (agent.slice(0, 40) || t`unknown program`);
}
