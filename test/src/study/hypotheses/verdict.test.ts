import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../../../src/study/hypotheses/verdict.ts';

const MARGIN = 0.05;

describe('that an effect rises', () => {
  test.each([
    ['supported', 0.01, 0.3, 'the interval lies above 0'],
    ['not supported', -0.2, 0.04, 'an effect that matters is ruled out'],
    ['not supported', 0.01, 0.04, 'it rises, but by less than matters'],
    ['undecided', -0.1, 0.3, 'the interval holds 0 and effects that matter'],
    ['undecided', 0, 0.3, 'the interval touches 0'],
  ])('is %s from %f to %f: %s', (verdict, low, high) => {
    expect(verdictOf('rises', { low, high }, MARGIN)).toBe(verdict);
  });
});

describe('that an effect does not rise', () => {
  test.each([
    ['supported', -0.2, 0.04],
    ['not supported', 0.01, 0.3],
    ['undecided', -0.1, 0.3],
  ])('is %s from %f to %f', (verdict, low, high) => {
    expect(verdictOf('does not rise', { low, high }, MARGIN)).toBe(verdict);
  });
});

test('without an interval nothing is decided', () => {
  expect(verdictOf('rises', { low: null, high: null }, MARGIN)).toBe('undecided');
  expect(verdictOf('does not rise', { low: null, high: null }, MARGIN)).toBe('undecided');
});
