import { i18n } from '@lingui/core';
import { beforeAll, expect, it } from 'vitest';
import { agentWords } from './agent';

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }));

const linux = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';
it.each([
  [`${linux} Chrome/140.0.0.0 Safari/537.36`, 'Chrome on Linux'],
  [`${linux} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`, 'Edge on Linux'],
  ['Mozilla/5.0 (Windows NT 10.0; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox on Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1',
    'Safari on iPhone',
  ],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['', 'An unknown browser'],
])('%s', (agent, words) => {
  expect(agentWords(agent)).toBe(words);
});
