import { t } from '@lingui/core/macro';

/** The colours that a space may have, with their names. */
export const colours = (): [string, string][] => [
  ['blue', t`Blue`],
  ['teal', t`Teal`],
  ['green', t`Green`],
  ['lime', t`Lime`],
  ['yellow', t`Yellow`],
  ['orange', t`Orange`],
  ['red', t`Red`],
  ['pink', t`Pink`],
  ['grape', t`Grape`],
  ['violet', t`Violet`],
  ['indigo', t`Indigo`],
  ['cyan', t`Cyan`],
];
