import { expect, test } from 'vitest';
import { keptOf, noteOf, outcome, placeOf, replaced, shown, subscriptionBody, sure } from './parts';

test('what is pushed is shown, and what makes no sense too', () => {
  expect(
    noteOf('{"title":"Pricing page","body":"b","url":"/threads/x","tag":"dig_1","urgent":true}'),
  ).toEqual({
    title: 'Pricing page',
    body: 'b',
    url: '/threads/x',
    tag: 'dig_1',
    urgent: true,
    acts: [],
  });
  for (const text of [undefined, '', 'no', 'null', '[]', '{"title":7,"url":{}}']) {
    expect(noteOf(text)).toMatchObject({
      title: 'Meantime',
      body: 'Something new is in your inbox.',
      url: '/inbox',
    });
  }
});

test('a press leads to our own places alone', () => {
  const home = 'https://meantime.example';
  expect(placeOf('/threads/thr_1#post_2', home)).toBe('/threads/thr_1#post_2');
  expect(placeOf(`${home}/digests/dig_1?x=1`, home)).toBe('/digests/dig_1?x=1');
  for (const url of [
    'https://evil.example/',
    '//evil.example/',
    'javascript:alert(1)',
    undefined,
    null,
    {},
    'http://[',
  ]) {
    expect(placeOf(url, home)).toBe('/inbox');
  }
});

test('a subscription is told as the server takes it', () => {
  const json = { endpoint: 'https://push.example/1', keys: { p256dh: 'p', auth: 'a' } };
  const body = { name: 'Desk', endpoint: 'https://push.example/1', p256dh: 'p', auth: 'a' };
  expect(subscriptionBody(json, 'Desk')).toEqual(body);
  expect(subscriptionBody(json, 'Desk', 'old')).toEqual({ ...body, replaces: 'old' });
});

test('buttons are those of links of ours, two at most, and ask before they do it', () => {
  const link = (x: string) => `/api/v1/mail/do/${x}`;
  const note = noteOf(
    JSON.stringify({
      title: 'Pricing page',
      body: 'Ana asks you to approve',
      url: '/threads/x',
      tag: 'dig_1',
      acts: [
        { label: 'Elsewhere', url: 'https://evil.example/' },
        { label: 'Home', url: '/settings' },
        { url: link('a') },
        null,
        { label: 'Approve', says: 'Your answer will be: yes, approved.', url: link('b') },
        { label: 'Do not approve', url: link('c'), words: true },
        { label: 'Third', url: link('d') },
      ],
    }),
  );
  expect(note.acts).toEqual([
    { label: 'Approve', says: 'Your answer will be: yes, approved.', url: link('b'), words: false },
    { label: 'Do not approve', says: '', url: link('c'), words: true },
  ]);
  const [title, options] = shown(note);
  expect([title, options.tag, options.actions]).toEqual([
    'Pricing page',
    'dig_1',
    [
      { action: '0', title: 'Approve' },
      { action: '1', title: 'Do not approve' },
    ],
  ]);
  const [question, asks] = sure(note, 0);
  expect([question, asks.body, asks.tag, asks.actions?.map((a) => a.action)]).toEqual([
    'Approve?',
    'Pricing page\nYour answer will be: yes, approved.',
    'dig_1',
    ['do', 'not'],
  ]);
  expect(asks.data).toEqual({ note, asked: 0 });
  expect(keptOf(asks.data)).toEqual({ note, asked: 0 });
  expect(keptOf('/threads/x').note).toMatchObject({ url: '/threads/x', acts: [] });
  expect(keptOf(undefined).note.url).toBe('/inbox');
  const [said, end] = outcome(note, true, 'Your answer is: yes.');
  expect([said, end.body, end.actions, end.data.note.acts]).toEqual([
    'Done.',
    'Pricing page\nYour answer is: yes.',
    undefined,
    [],
  ]);
});

test('a note is closed unless another of its tag takes its place', () => {
  const act = { label: 'Acknowledge', says: '', url: '/api/v1/mail/do/x', words: false };
  const note = {
    title: 'a',
    body: 'b',
    url: '/',
    tag: 't',
    urgent: false,
    acts: [act, { ...act, words: true }],
  };
  expect(['', '0', '1', '2', 'do', 'not'].map((action) => replaced(note, action))).toEqual([
    false,
    true,
    false,
    false,
    true,
    true,
  ]);
  expect(replaced({ ...note, tag: undefined }, '0')).toBe(false);
});
