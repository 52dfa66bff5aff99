import { expect, test } from 'vitest';
import { inTurn } from './turns';

test('what is pressed arrives in the order of the presses, whatever takes long or fails', async () => {
  const sent: string[] = [];
  let answered = () => {};
  const slow = new Promise<void>((done) => {
    answered = done;
  });
  const first = inTurn('dec_1', async () => {
    await slow;
    sent.push('taken back');
    throw new Error('refused');
  });
  const second = inTurn('dec_1', async () => sent.push('cast anew'));
  const other = inTurn('dec_2', async () => sent.push('elsewhere'));
  await other.answer;
  expect(sent).toEqual(['elsewhere']);
  expect([first.latest(), second.latest(), other.latest()]).toEqual([false, true, true]);
  answered();
  await expect(first.answer).rejects.toThrow('refused');
  await second.answer;
  expect(sent).toEqual(['elsewhere', 'taken back', 'cast anew']);
});
