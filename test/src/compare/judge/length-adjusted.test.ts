import { expect, test } from 'vitest';
import { lengthAdjusted, lengthPairs } from '../../../../src/compare/index.ts';

const outcomes = [1, 1, 0, 0.5, 1, 0, 0, 1, 0.5, 1];
const lengths = [120, 90, 40, 60, 200, 50, 80, 110, 70, 150];
const others = [80, 100, 60, 60, 90, 90, 70, 60, 100, 100];
const pairs = outcomes.map((outcome, i) => ({
  outcome,
  length: lengths[i] ?? 0,
  otherLength: others[i] ?? 0,
}));

test('the share at equal length is the one of scikit-learn’s logistic regression', () => {
  // LogisticRegression(C=1) on tanh(difference / sd), a tie being half a win and half a loss; scikit-learn 1.7.
  const found = lengthAdjusted(pairs);
  expect(found.value).toBeCloseTo(0.56984968, 6);
  expect(found.lengthEffect).toBeCloseTo(1.00191196, 5);
  expect(found).toMatchObject({ raw: 0.6, n: 10 });
  expect(found.low).toBeLessThan(found.value ?? 0);
  expect(found.high).toBeGreaterThan(found.value ?? 1);
});

test('a model that is preferred for its length alone is no better than even at equal length', () => {
  // Three in four of its answers are the longer ones; the longer one wins four times in five.
  const byLength = Array.from({ length: 400 }, (_, i) => {
    const longer = i % 4 !== 0;
    const longerWins = Math.floor(i / 4) % 5 !== 0;
    return {
      outcome: longer === longerWins ? 1 : 0,
      length: longer ? 200 : 100,
      otherLength: longer ? 100 : 200,
    };
  });
  const { raw, value } = lengthAdjusted(byLength);
  expect(raw).toBeCloseTo(0.65, 9);
  expect(value).toBeCloseTo(0.5, 1);
});

test('answers of equal length leave the share as it is', () => {
  const equal = outcomes.map(outcome => ({ outcome, length: 5, otherLength: 5 }));
  const found = lengthAdjusted(equal);
  expect(found.value).toBeCloseTo(0.6, 9);
  expect(found).toMatchObject({ raw: 0.6, identified: true });
});

test.each([
  ['all wins', pairs.map(pair => ({ ...pair, outcome: 1 })), 1, 'all outcomes are wins'],
  ['all losses', pairs.map(pair => ({ ...pair, outcome: 0 })), 0, 'all outcomes are losses'],
  [
    'a constant difference',
    pairs.map(pair => ({ ...pair, length: pair.otherLength + 800 })),
    0.6,
    'the difference in length is always 800',
  ],
  ['no pairs', [], null, 'there are no pairs'],
])('%s: no share at equal length, and the reason why', (_name, given, raw, reason) => {
  const none = { value: null, low: null, high: null, lengthEffect: null };
  expect(lengthAdjusted(given)).toEqual({ ...none, n: given.length, raw, identified: false, reason });
});

test('answers that are nearly always the longer ones give a share that is marked as not identified', () => {
  const many = Array.from({ length: 40 }, (_, i) => ({
    outcome: i % 3 === 0 ? 0 : 1,
    length: 1000 + 10 * i,
    otherLength: i < 9 ? 2000 : 200,
  }));
  expect(lengthAdjusted(many)).toMatchObject({
    value: expect.any(Number),
    identified: false,
    reason:
      'of 40 answers 31 are longer, 9 shorter and 0 nearly as long: 10 on either side, or nearly as long, are required',
  });
  const [first, ...others] = many.toReversed();
  const balanced = [{ ...first, outcome: 1, length: 100, otherLength: 900 }, ...others];
  expect(lengthAdjusted(balanced)).toMatchObject({ identified: true });
  expect(lengthAdjusted(balanced)).not.toHaveProperty('reason');
});

test('what is no outcome or no length is refused', () => {
  expect(() => lengthAdjusted([{ outcome: 2, length: 1, otherLength: 1 }])).toThrow('found 2, 1 and 1');
});

test('pairs are seen from the model’s side, with the lengths of both answers', () => {
  const answer = (promptId: string, model: string, text: string | null) =>
    ({ promptId, model, text, finish: 'stop', evidence: 'public' }) as const;
  const answers = [
    answer('1', 'm', 'four'),
    answer('1', 'm', 'a second answer'),
    answer('1', 't', 'eleven more'),
    answer('2', 'm', null),
    answer('2', 't', ''),
  ];
  const pair = (promptId: string, winner: 'a' | 'b' | 'tie' | null) =>
    ({ promptId, a: 'm', b: 't', winner, evidence: 'public' }) as const;
  const decided = [pair('1', 'b'), pair('2', null)];
  expect(lengthPairs(decided, 'm', answers)).toEqual([{ outcome: 0, length: 4, otherLength: 11 }]);
  expect(lengthPairs(decided, 't', answers)).toEqual([{ outcome: 1, length: 11, otherLength: 4 }]);
  expect(lengthPairs([pair('1', 'tie')], 'm', answers)).toMatchObject([{ outcome: 0.5 }]);
  expect(() => lengthPairs([pair('2', 'a')], 'm', answers)).toThrow(
    'Cannot adjust for length: the answer of m to prompt 2 is required, found none',
  );
  expect(() => lengthPairs(decided, 'x', answers)).toThrow(
    'each pair must hold an answer of x, found m and t of prompt 1',
  );
});
