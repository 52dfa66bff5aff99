import { expect, test } from 'vitest';
import { added, moved, numbersOf, placesOf, rankedOf, tied, without } from './order';

const abc = rankedOf([['A'], ['B'], ['C']]);

test('a ranking goes there and back', () => {
  const places = [['A', 'B'], ['C']];
  expect(placesOf(rankedOf(places))).toEqual(places);
});
test('an option is taken up and down, and never beyond the ends', () => {
  expect(placesOf(moved(abc, 2, 0))).toEqual([['C'], ['A'], ['B']]);
  expect(placesOf(moved(abc, 0, 9))).toEqual([['B'], ['C'], ['A']]);
});
test('what is moved stands alone, and nobody becomes equal by it', () => {
  const equal = tied(abc, 1);
  expect(placesOf(equal)).toEqual([['A', 'B'], ['C']]);
  expect(placesOf(moved(equal, 0, 2))).toEqual([['B'], ['C'], ['A']]);
  expect(placesOf(moved(equal, 1, 2))).toEqual([['A'], ['C'], ['B']]);
});
test('leaving out the first of three equals leaves two', () => {
  const three = rankedOf([['A', 'B', 'C']]);
  expect(placesOf(without(three, 0))).toEqual([['B', 'C']]);
});
test('the first is equal to nobody', () => {
  expect(tied(abc, 0)).toEqual(abc);
});
test('after two firsts comes a third', () => {
  expect(numbersOf(added(rankedOf([['A', 'B']]), 'C'))).toEqual([1, 1, 3]);
});
