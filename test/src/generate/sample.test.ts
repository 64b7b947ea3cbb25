import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SampleOptions, sample } from '../../../src/generate/sample.ts';
import { type Random, seededRandom } from '../../../src/stats/index.ts';

/** Logits of these probabilities. */
const logitsOf = (...shares: number[]) => Float32Array.from(shares, Math.log);

/** A source that gives this number. */
const giving = (number: number): Random => ({ ...seededRandom(0), next: () => number });

/** How often each token comes, of `draws`. */
function shares(logits: Float32Array, options: SampleOptions, draws = 20_000): number[] {
  const source = seededRandom(7);
  const counts = Array.from(logits, () => 0);
  for (let i = 0; i < draws; i++) {
    const id = sample(logits, [], options, source);
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts.map(count => count / draws);
}

/** Five standard errors of a share of a half, of 20,000 draws. */
const CLOSE = 0.018;

function expectShares(found: number[], expected: number[]): void {
  expect(found).toHaveLength(expected.length);
  expected.forEach((share, id) => {
    if (share === 0) expect(found[id]).toBe(0);
    else expect(Math.abs((found[id] ?? 0) - share)).toBeLessThan(CLOSE);
  });
}

describe('at temperature 0', () => {
  test('the most likely token is taken, the lowest id of several, and no random number', () => {
    const unused: Random = {
      ...seededRandom(0),
      next: () => expect.unreachable('a random number was drawn'),
    };
    expect(sample(Float32Array.of(-3, 2, 5, 5), [], {}, unused)).toBe(2);
    expect(sample(Float32Array.of(-Infinity, -3), [], { temperature: 0, topK: 2, topP: 0.5 }, unused)).toBe(
      1,
    );
  });

  test('a penalty divides what is positive and multiplies what is negative, once a token', () => {
    // 4 / 2 = 2 falls below 3; were it divided once more for its second mention, 1.5 at token 2 would win.
    expect(sample(Float32Array.of(4, 3, 1.5), [0, 0], { repetitionPenalty: 2 }, seededRandom(0))).toBe(1);
    expect(sample(Float32Array.of(4, 1.9, 1.5), [0, 0], { repetitionPenalty: 2 }, seededRandom(0))).toBe(0);
    // −1 · 2 = −2 falls below −1.5.
    expect(sample(Float32Array.of(-1, -1.5), [0], { repetitionPenalty: 2 }, seededRandom(0))).toBe(1);
    // Below 1 it favours what was seen: 2 / 0.5 = 4.
    expect(sample(Float32Array.of(3, 2), [1], { repetitionPenalty: 0.5 }, seededRandom(0))).toBe(1);
  });

  test('the logits are left as they are, and tokens outside of them do no harm', () => {
    const logits = Float32Array.of(4, 3);
    expect(sample(logits, [0, 9], { repetitionPenalty: 2 }, seededRandom(0))).toBe(1);
    expect([...logits]).toEqual([4, 3]);
  });
});

describe('sampled', () => {
  test('tokens come as often as the softmax says', () => {
    expectShares(shares(logitsOf(0.5, 0.3, 0.2), { temperature: 1 }), [0.5, 0.3, 0.2]);
    expectShares(shares(Float32Array.of(1000, 1000), { temperature: 1 }), [0.5, 0.5]);
    expectShares(shares(Float32Array.of(0, -Infinity, 0), { temperature: 1 }), [0.5, 0, 0.5]);
  });

  test('temperature 0.5 squares the shares, temperature 2 takes their roots', () => {
    // 0.64, 0.04 of 0.68; 0.8944, 0.4472 of 1.3416.
    expectShares(shares(logitsOf(0.8, 0.2), { temperature: 0.5 }), [0.9412, 0.0588]);
    expectShares(shares(logitsOf(0.8, 0.2), { temperature: 2 }), [0.6667, 0.3333]);
  });

  test('top-k keeps the k most likely, and of equal ones the lower ids', () => {
    expectShares(shares(logitsOf(0.2, 0.5, 0.3), { temperature: 1, topK: 2 }), [0, 0.625, 0.375]);
    expectShares(shares(logitsOf(0.25, 0.25, 0.25, 0.25), { temperature: 1, topK: 2 }), [0.5, 0.5, 0, 0]);
    expectShares(shares(logitsOf(0.6, 0.4), { temperature: 1, topK: 9 }), [0.6, 0.4]);
  });

  test('top-p keeps the fewest that hold the share, the one that reaches it among them', () => {
    const logits = logitsOf(0.2, 0.5, 0.3);
    expectShares(shares(logits, { temperature: 1, topP: 0.45 }), [0, 1, 0]);
    expectShares(shares(logits, { temperature: 1, topP: 0.6 }), [0, 0.625, 0.375]);
    expectShares(shares(logits, { temperature: 1, topP: 0.85 }), [0.2, 0.5, 0.3]);
  });

  test('top-p is of what top-k leaves, at the temperature', () => {
    // Of 0.4, 0.3, 0.2, 0.1, three are left: 0.444, 0.333, 0.222; two of them hold 0.75.
    const options = { temperature: 1, topK: 3, topP: 0.75 };
    expectShares(shares(logitsOf(0.1, 0.2, 0.3, 0.4), options), [0, 0, 0.4286, 0.5714]);
    // Squared, 0.8 and 0.2 are 0.94 and 0.06.
    expectShares(shares(logitsOf(0.8, 0.2), { temperature: 0.5, topP: 0.9 }), [1, 0]);
  });

  test('the draw falls on the token whose share holds the number', () => {
    const logits = logitsOf(0.5, 0.3, 0.2);
    const drawn = [0, 0.49, 0.51, 0.79, 0.81, 1 - 2 ** -53].map(number =>
      sample(logits, [], { temperature: 1 }, giving(number)),
    );
    expect(drawn).toEqual([0, 0, 1, 1, 2, 2]);
  });

  test('an impossible token is never drawn, even by a rest of rounding', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: 1 }), logits => {
        const last = sample(Float32Array.of(...logits, -Infinity), [], { temperature: 1 }, giving(1));
        return last < logits.length;
      }),
    );
  });

  test('top-p keeps what sorting everything keeps', () => {
    const logits = fc.array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(logits, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (values, topP) => {
        const row = Float32Array.from(values);
        const highest = Math.max(...row);
        const all = [...row.entries()]
          .map(([id, logit]) => ({ id, weight: Math.exp(logit - highest) }))
          .sort((a, b) => b.weight - a.weight || a.id - b.id);
        const total = all.reduce((sum, { weight }) => sum + weight, 0);
        let before = 0;
        const kept = all.filter(({ weight }) => {
          const keeps = before < topP * total * (1 - 1e-9);
          before += weight;
          return keeps;
        });
        const last = sample(row, [], { temperature: 1, topP }, giving(1 - 2 ** -53));
        return kept.at(-1)?.id === last;
      }),
    );
  });
});

test('the same seed draws the same tokens', () => {
  const draws = (seed: number) => {
    const source = seededRandom(seed);
    return Array.from({ length: 30 }, () => sample(new Float32Array(100), [], { temperature: 1 }, source));
  };
  expect(draws(1)).toEqual(draws(1));
  expect(draws(1)).not.toEqual(draws(2));
});

test.each([
  [{ temperature: -1 }, 'Cannot sample: temperature must be a number of at least 0, found -1'],
  [{ temperature: Number.NaN }, 'temperature'],
  [{ topK: 0 }, 'Cannot sample: topK must be an integer of at least 1, found 0'],
  [{ topK: 1.5 }, 'topK'],
  [{ topP: 0 }, 'Cannot sample: topP must be a number above 0, at most 1, found 0'],
  [{ topP: 1.01 }, 'topP'],
  [{ repetitionPenalty: 0 }, 'Cannot sample: repetitionPenalty must be a number above 0, found 0'],
])('%o is refused', (options, message) => {
  expect(() => sample(Float32Array.of(1, 2), [], options, seededRandom(0))).toThrow(message);
  expect(() => sample(Float32Array.of(1, 2), [], options, seededRandom(0))).toThrow(RangeError);
});

test('logits that say nothing are refused', () => {
  const taken =
    (...logits: number[]) =>
    () =>
      sample(Float32Array.from(logits), [], {}, seededRandom(0));
  expect(taken(0, Number.NaN)).toThrow('Cannot sample: the logits must be numbers, found NaN at 1');
  expect(taken()).toThrow('Cannot sample: a highest logit is required, found no logits');
  expect(taken(-Infinity, -Infinity)).toThrow('found -Infinity');
  expect(taken(1, Infinity)).toThrow('found Infinity');
});
