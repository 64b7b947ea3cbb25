import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type EffectEstimate,
  falls,
  type Verdict,
  verdictOf,
} from '../../../../src/study/hypotheses/verdict.ts';

const MARGIN = 0.05;

/** Judges a mean between two bounds. */
function verdict(
  direction: 'rises' | 'does not rise' | 'falls',
  [low, mean, high]: readonly [number, number, number],
  informative = true,
): Verdict {
  return verdictOf({ low, mean, high }, { direction, margin: MARGIN, informative });
}

describe('that an effect rises', () => {
  test.each([
    ['supported', 0.01, 0.15, 0.3, 'the interval lies above 0'],
    ['supported', 0.04, 0.05, 0.06, 'the mean reaches the margin'],
    ['not supported', -0.2, -0.1, 0.04, 'an effect that matters is ruled out'],
    ['not supported', 0.01, 0.02, 0.04, 'it rises, but by less than matters'],
    ['undecided', 0.01, 0.04, 0.07, 'it rises, perhaps by as much as matters'],
    ['undecided', -0.1, 0.1, 0.3, 'the interval holds 0 and effects that matter'],
    ['undecided', 0, 0.15, 0.3, 'the interval touches 0'],
  ])('is %s from %f by %f to %f: %s', (expected, low, mean, high) => {
    expect(verdict('rises', [low, mean, high])).toBe(expected);
    expect(verdict('falls', [-high, -mean, -low])).toBe(expected);
  });
});

describe('that an effect does not rise', () => {
  test.each([
    ['supported', -0.2, -0.1, 0.04],
    ['not supported', 0.01, 0.15, 0.3],
    ['undecided', 0.01, 0.04, 0.07],
    ['undecided', -0.1, 0.1, 0.3],
  ])('is %s from %f by %f to %f', (expected, low, mean, high) => {
    expect(verdict('does not rise', [low, mean, high])).toBe(expected);
  });

  test('is uninformative where no rise could have been measured, unless one was', () => {
    expect(verdict('does not rise', [-0.2, -0.1, 0.04], false)).toBe('uninformative');
    expect(verdict('does not rise', [-0.1, 0.1, 0.3], false)).toBe('uninformative');
    expect(verdict('does not rise', [0.01, 0.15, 0.3], false)).toBe('not supported');
  });
});

test('an effect falls if its interval lies below 0 and the mean is at most −margin', () => {
  expect(falls({ low: -0.2, mean: -0.1, high: -0.01 }, MARGIN)).toBe(true);
  expect(falls({ low: -0.05, mean: -0.03, high: -0.01 }, MARGIN)).toBe(false);
  expect(falls({ low: -0.2, mean: -0.1, high: 0.01 }, MARGIN)).toBe(false);
});

test('without an estimate nothing is decided', () => {
  const claimed = { margin: MARGIN, informative: true };
  expect(verdictOf(null, { ...claimed, direction: 'rises' })).toBe('undecided');
  expect(verdictOf(null, { ...claimed, direction: 'does not rise' })).toBe('undecided');
  expect(verdictOf(null, { ...claimed, direction: 'does not rise', informative: false })).toBe(
    'uninformative',
  );
});

describe('for every interval', () => {
  const estimates: fc.Arbitrary<EffectEstimate> = fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 1e-6, max: 1, noNaN: true }))
    .map(([mean, half]) => ({ mean, low: mean - half, high: mean + half }));
  const judge = (estimate: EffectEstimate, direction: 'rises' | 'does not rise' | 'falls') =>
    verdictOf(estimate, { direction, margin: MARGIN, informative: true });

  test('a claim and its contrary are not both supported, and what refutes one supports the other', () => {
    fc.assert(
      fc.property(estimates, estimate => {
        const [rises, not, falling] = [
          judge(estimate, 'rises'),
          judge(estimate, 'does not rise'),
          judge(estimate, 'falls'),
        ];
        expect(rises === 'supported').toBe(not === 'not supported');
        expect(rises === 'not supported').toBe(not === 'supported');
        if (falling === 'supported') expect(not).toBe('supported');
        expect(falls(estimate, MARGIN)).toBe(falling === 'supported');
      }),
    );
  });

  test('a larger effect of the same spread is never less of a rise', () => {
    const order: readonly Verdict[] = ['not supported', 'undecided', 'supported'];
    fc.assert(
      fc.property(estimates, fc.double({ min: 0, max: 1, noNaN: true }), ({ mean, low, high }, more) => {
        const shifted = { mean: mean + more, low: low + more, high: high + more };
        const rank = (estimate: EffectEstimate) => order.indexOf(judge(estimate, 'rises'));
        expect(rank(shifted)).toBeGreaterThanOrEqual(rank({ mean, low, high }));
      }),
    );
  });
});
