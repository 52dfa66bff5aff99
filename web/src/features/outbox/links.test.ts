import { describe, expect, it } from 'vitest';
import { piecesOf, stillHtml } from './links';

const here = 'http://127.0.0.1:8080';

describe('addresses in a mail', () => {
  it('makes paths of pages of this server', () => {
    expect(piecesOf(`See\n  ${here}/threads/thr_1#post_2\n`, here)).toEqual([
      { text: 'See\n  ' },
      { text: `${here}/threads/thr_1#post_2`, path: '/threads/thr_1#post_2' },
      { text: '\n' },
    ]);
  });
  it('leaves operations and other servers ordinary addresses', () => {
    expect(piecesOf(`${here}/api/v1/mail/off/X`, here)).toEqual([
      { text: `${here}/api/v1/mail/off/X`, href: `${here}/api/v1/mail/off/X` },
    ]);
    expect(piecesOf('https://example.org/a', here)[0]?.href).toBe('https://example.org/a');
  });
  it('makes no link of anything else', () => {
    expect(piecesOf('javascript:alert(1) and http://', here)).toEqual([
      { text: 'javascript:alert(1) and http://' },
    ]);
  });
});

it('gives links in the frame nowhere to go', () => {
  expect(stillHtml('<html><head><title>x</title></head></html>')).toContain('<base target="_blank">');
});
