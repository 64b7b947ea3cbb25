import { expect, test } from 'vitest';
import { type LogitRow, logistic, logitRows, ridgeLogit } from '../../../src/stats/index.ts';

const row = (values: readonly number[], outcome: number): LogitRow => ({
  columns: values.map((_, column) => column),
  values,
  outcome,
});
const ROWS = [
  row([1, 0.5], 1),
  row([1, -1.5], 0),
  row([1, 2], 1),
  row([1, 0.1], 0),
  row([1, -0.3], 0.5),
  row([1, 1.2], 0),
];

test('without a penalty, the log-odds of a share are those of the share', () => {
  const rows = logitRows([1, 1, 1, 0].map(outcome => row([1], outcome)));
  expect(ridgeLogit(rows, [0])[0]).toBeCloseTo(Math.log(3), 12);
});

test('at the fit the gradient of the penalised likelihood is 0', () => {
  const ridge = [0.5, 0.01];
  const found = ridgeLogit(logitRows(ROWS), ridge);
  for (const column of [0, 1]) {
    const slope = ROWS.reduce((sum, { values: [a = 0, b = 0], outcome }) => {
      const p = logistic(a * (found[0] ?? 0) + b * (found[1] ?? 0));
      return sum + (outcome - p) * (column === 0 ? a : b);
    }, 0);
    expect(slope).toBeCloseTo((ridge[column] ?? 0) * (found[column] ?? 0), 10);
  }
});

test('a weight counts a row as often, 0 not at all, whatever the start', () => {
  const weights = [2, 0, 1, 3, 1, 1];
  const repeated = ROWS.flatMap((one, index) => Array<LogitRow>(weights[index] ?? 0).fill(one));
  const expected = ridgeLogit(logitRows(repeated), [0.1, 0.1]);
  const found = ridgeLogit(logitRows(ROWS), [0.1, 0.1], { weights, start: [3, -4] });
  expect(found[0]).toBeCloseTo(expected[0] ?? 0, 12);
  expect(found[1]).toBeCloseTo(expected[1] ?? 0, 12);
});

test('only wins end at a finite strength, since the penalty holds it', () => {
  const [strength = 0] = ridgeLogit(logitRows(Array<LogitRow>(100).fill(row([1], 1))), [0.01]);
  // n (1 − p) = λ b.
  expect(100 * (1 - logistic(strength))).toBeCloseTo(0.01 * strength, 9);
});

test('a start far from the fit is no obstacle', () => {
  const [near, far] = [
    ridgeLogit(logitRows(ROWS), [0.01, 0.01]),
    ridgeLogit(logitRows(ROWS), [0.01, 0.01], { start: [40, -40] }),
  ];
  expect(far[0]).toBeCloseTo(near[0] ?? 0, 10);
  expect(far[1]).toBeCloseTo(near[1] ?? 0, 10);
});
