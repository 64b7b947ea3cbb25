import { expect, test } from 'vitest';
import { budgetOfMostSizes, sizeWithMostBudgets } from '../../../src/figure/study-panels.ts';
import { studyPoints } from '../../../src/figure/study-points.ts';
import { SMALL_STUDY, studyRow } from './study-rows.ts';

test('a point is the mean over seeds, its interval Student’s over them, and its n the items of all', () => {
  const [small, large] = studyPoints(SMALL_STUDY, 'size', { model: 'base', measure: 'facts.exact-match' });
  expect(small).toMatchObject({ x: 20_000, n: 20, seeds: 2, unscored: 0 });
  expect(small?.value).toBeCloseTo(0.15, 12);
  // 0.15 ± 12.706 · 0.0707 / √2 leaves 0 … 1 below.
  expect(small?.low).toBe(0);
  expect(small?.high).toBeCloseTo(0.15 + (12.7062047362 * Math.SQRT1_2 * 0.1) / Math.SQRT2, 9);
  expect(large).toMatchObject({ x: 80_000, value: 0.4, low: 0.4, high: 0.4 });
});

test('no interval of percents ends below 0 or above 100', () => {
  const rouge = { model: 'base', size: 5, measure: 'summaries.rouge1' } as const;
  const rows = [studyRow({ ...rouge, value: 1 }), studyRow({ ...rouge, seed: 2, value: 99 })];
  const [point] = studyPoints(rows, 'size', { model: 'base', measure: 'summaries.rouge1' });
  expect(point).toMatchObject({ value: 50, low: 0, high: 100 });
});

test('of one seed the interval is the one over its items', () => {
  const rows = [
    studyRow({ model: 'base', size: 5, measure: 'choice.accuracy', value: 0.5, low: 0.2, high: 0.8 }),
  ];
  const [point] = studyPoints(rows, 'size', { model: 'base', measure: 'choice.accuracy' });
  expect(point).toEqual({ x: 5, value: 0.5, low: 0.2, high: 0.8, n: 10, seeds: 1, unscored: 0 });
});

test('a seed without a value is no 0: it is left out, and its unscored items are counted', () => {
  const shared = { model: 'base', size: 5, measure: 'choice.accuracy' } as const;
  const rows = [
    studyRow({ ...shared, value: 0.5 }),
    studyRow({ ...shared, seed: 2, value: null, n: 0, unscored: 10, reason: 'the sandbox did not start' }),
  ];
  const [point] = studyPoints(rows, 'size', { model: 'base', measure: 'choice.accuracy' });
  expect(point).toMatchObject({ value: 0.5, n: 10, seeds: 1, unscored: 10 });
});

test('panels compare at the size with most budgets, and at the budget with most sizes', () => {
  expect(sizeWithMostBudgets(SMALL_STUDY)).toBe(80_000);
  expect(budgetOfMostSizes(SMALL_STUDY)).toBe(8000);
  expect(sizeWithMostBudgets([])).toBeNull();
});
