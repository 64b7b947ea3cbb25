import { expect, test } from 'vitest';
import { FailureTally, failureLines } from '../../../src/cli/run/failure-tally.ts';

test('failures are counted by kind, with the first message and the first ten ids', () => {
  const tally = new FailureTally();
  tally.add('a', { kind: 'timeout', message: 'no answer within 5 ms' });
  for (let id = 1; id <= 12; id++) tally.add(`${id}`, { kind: 'filtered', message: `filtered ${id}` });
  expect(tally.list().map(({ kind, n, ids }) => [kind, n, ids.length])).toEqual([
    ['timeout', 1, 1],
    ['filtered', 12, 10],
  ]);
  expect(failureLines(tally.list())).toEqual([
    '  1 timeout (a): no answer within 5 ms',
    '  12 filtered (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …): filtered 1',
  ]);
});
