import { expect, test } from 'vitest';
import { allLeakage, filteredPrompts } from '../../../../src/study/pipeline/leakage.ts';

const WORDINGS = { corpus: 30, imitation: 20, tests: 7, shared: 1 };

test('templates of all seeds are added up, unless a seed did not compare its own', () => {
  const part = { dropped: 1, checks: [], wordings: WORDINGS };
  expect(allLeakage([part, part]).wordings).toEqual({ corpus: 60, imitation: 40, tests: 14, shared: 2 });
  expect(allLeakage([part, { dropped: 0, checks: [] }])).toEqual({ dropped: 1, checks: [] });
  expect(allLeakage([])).toEqual({ dropped: 0, checks: [] });
});

test('of prompts from outside the filter’s numbers are the leakage', () => {
  expect(
    allLeakage([filteredPrompts({ dropped: 75, kept: 180 }), filteredPrompts({ dropped: 5, kept: 20 })]),
  ).toEqual({
    dropped: 80,
    checks: [{ asked: 'prompts', against: 'imitation data', n: 200, alike: 0, same: 0 }],
  });
});
