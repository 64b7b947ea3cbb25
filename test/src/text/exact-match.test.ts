import { describe, expect, it } from 'vitest';
import { exactMatch, normalizeAnswer } from '../../../src/text/index.ts';
import { recorded } from './recorded-metrics.ts';

describe('normalizeAnswer', () => {
  it.each([
    ['The  Beatles!', 'beatles'],
    ['an apple a day', 'apple day'],
    ['theatre', 'theatre'],
    ['U.S.A.', 'usa'],
    ['14 December, 1972 (UTC)', '14 december 1972 utc'],
    ['the', ''],
    ['“a” – b', '“ ” – b'],
    ['Röntgen', 'ro\u0308ntgen'],
    ['à la carte', '\u0300 la carte'],
    ['a1 a_b ая', 'a1 ab ая'],
    ['x\u001cy\ufeffz', 'x y\ufeffz'],
  ])('of %j is %j', (text, normal) => {
    expect(normalizeAnswer(text)).toBe(normal);
  });

  it('gives what Python’s Unicode gives on recorded texts', () => {
    expect(recorded.texts.map(normalizeAnswer)).toEqual(recorded.normalized);
  });
});

describe('exactMatch', () => {
  it('holds if any answer is the same except for case, accents’ form, articles, punctuation and space', () => {
    expect(exactMatch('the fab four.', ['The Beatles', 'Fab Four'])).toBe(true);
    expect(exactMatch('Wilhelm Ro\u0308ntgen', ['Wilhelm Röntgen'])).toBe(true);
    expect(exactMatch('The Beatles, in 1960', ['The Beatles'])).toBe(false);
  });

  it('fails without answers, and takes an empty prediction for an empty answer only', () => {
    expect(exactMatch('x', [])).toBe(false);
    expect(exactMatch('', ['x'])).toBe(false);
    expect(exactMatch('', ['The'])).toBe(true);
  });
});
