import { i18n } from '@lingui/core';
import { expect, test } from 'vitest';
import { agentWords } from './agent';

i18n.loadAndActivate({ locale: 'en', messages: {} });

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/604',
    'Safari on iPhone',
  ],
  ['curl/8.1', 'curl/8.1'],
  ['', 'unknown program'],
])('%s', (agent, words) => expect(agentWords(agent)).toBe(words));
