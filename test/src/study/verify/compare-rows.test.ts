import { expect, test } from 'vitest';
import { compareRows } from '../../../../src/study/verify/compare-rows.ts';
import { row } from '../example-study.ts';

const recorded = [
  row('base', 7, 'facts.exact-match', 0.5, [3000, null]),
  row('base', 7, 'summaries.rouge1', 20, [3000, null]),
  row('base', 7, 'choice.accuracy', null, [3000, null]),
];
const [facts, rouge, choice] = recorded;

test('rows that are equal to the bit differ nowhere', () => {
  expect(compareRows(recorded, structuredClone(recorded), true)).toEqual([]);
});

test('on the same kind of machine a last digit is a difference, and so is another interval', () => {
  const found = [{ ...facts, value: 0.5 + 2 ** -52 }, { ...rouge, high: 20.2 }, choice] as typeof recorded;
  expect(compareRows(recorded, found, true)).toEqual([
    {
      model: 'base',
      size: 3000,
      budget: null,
      seed: 7,
      measure: 'facts.exact-match',
      recorded: 0.5,
      found: 0.5000000000000002,
    },
    expect.objectContaining({ measure: 'summaries.rouge1', recorded: 20, found: 20 }),
  ]);
});

test('elsewhere a value may lie within the tolerance of its unit, and one that is missing may not', () => {
  const near = [{ ...facts, value: 0.54 }, { ...rouge, value: 24.9 }, choice] as typeof recorded;
  expect(compareRows(recorded, near, false)).toEqual([]);
  const far = [
    { ...facts, value: 0.56 },
    { ...rouge, value: 25.1 },
    { ...choice, value: 0.1 },
  ] as typeof recorded;
  expect(compareRows(recorded, far, false)).toHaveLength(3);
  const [other] = compareRows(recorded, [row('broad', 7, 'facts.exact-match', 0.5, [3000, 9])], false);
  expect(other).toMatchObject({ model: 'broad', recorded: undefined, found: 0.5 });
});
