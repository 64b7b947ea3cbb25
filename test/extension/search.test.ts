import { expect, test } from 'vitest';
import { excerpt, findMatches, fold } from '../../extension/src/comparison/find-matches.ts';
import { SearchIndex } from '../../extension/src/comparison/search-index.ts';

test('folding keeps every offset, also where lower case is longer', () => {
  expect(fold('İstanbul ÄÖ')).toBe('İstanbul äö');
  expect(fold('İX')).toHaveLength(2);
});

test('matches are found in any case, without overlap', () => {
  expect(findMatches('Banana BANANA', 'ana')).toEqual([
    { start: 1, end: 4 },
    { start: 8, end: 11 },
  ]);
  expect(findMatches('abc', '')).toEqual([]);
});

test('matches after a letter whose lower case is longer keep their place', () => {
  expect(findMatches('İİ needle', 'NEEDLE')).toEqual([{ start: 3, end: 9 }]);
});

test('an excerpt is the beginning, or the surroundings of a late match', () => {
  expect(excerpt('Two\n lines', 'none')).toEqual({ text: 'Two lines', found: false });
  expect(excerpt('Two\n lines', 'LINE')).toEqual({ text: 'Two lines', found: true });
  const late = excerpt(`${'x'.repeat(100)} needle`, 'needle');
  expect(late).toEqual({ text: `…${'x'.repeat(23)} needle`, found: true });
});

test('warming stops when time is up and resumes where it stopped', () => {
  const items = ['one', 'two', 'three'].map(prompt => ({ promptId: prompt, prompt, answers: {} }));
  const index = new SearchIndex(items);
  let budget = 2;
  expect(index.warm(() => budget-- <= 0)).toBe(false);
  expect(index.warm(() => false)).toBe(true);
  expect(index.find({ query: 'T', category: null })).toEqual([1, 2]);
});
