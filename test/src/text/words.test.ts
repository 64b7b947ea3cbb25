import { describe, expect, it } from 'vitest';
import {
  contentHash,
  diceCoefficient,
  splitWords,
  unigramOverlap,
  unigrams,
} from '../../../src/text/index.ts';

describe('splitWords and unigrams', () => {
  it('split on white space and on anything but a–z and 0–9', () => {
    expect(splitWords("  Don't\tstop —\r\n3.5 km ")).toEqual(["Don't", 'stop', '—', '3.5', 'km']);
    expect(unigrams("Don't stop — 3.5 km, Café")).toEqual(['don', 't', 'stop', '3', '5', 'km', 'caf']);
    expect(splitWords(' ')).toEqual([]);
    expect(unigrams('—')).toEqual([]);
  });
});

describe('diceCoefficient', () => {
  it('counts types, not occurrences, in percent', () => {
    // {the, cat, sat} and {the, dog, sat, down}: 2 · 2 / 7
    expect(diceCoefficient('The cat sat. The cat sat!', 'the DOG sat down')).toBeCloseTo(400 / 7, 12);
    expect(diceCoefficient('a b', 'B, a?')).toBe(100);
    expect(diceCoefficient('a', 'b')).toBe(0);
  });

  it('is 0 where a text has no tokens', () => {
    expect(diceCoefficient('', 'a')).toBe(0);
    expect(diceCoefficient('', '…')).toBe(0);
  });
});

describe('unigramOverlap', () => {
  const slices = (a: string, b: string) => {
    const { left, right } = unigramOverlap(a, b);
    return [
      left.map(({ start, end }) => a.slice(start, end)),
      right.map(({ start, end }) => b.slice(start, end)),
    ];
  };

  it('spans every occurrence in either text, in any case', () => {
    expect(slices('The cat, the hat.', 'THE Hat_trick')).toEqual([
      ['The', 'the', 'hat'],
      ['THE', 'Hat'],
    ]);
    expect(unigramOverlap('😀 tea', 'tea')).toEqual({
      left: [{ start: 3, end: 6 }],
      right: [{ start: 0, end: 3 }],
    });
  });

  it('keeps letters beyond a–z in their word and takes ideographs one by one', () => {
    expect(slices('Café au lait', 'caf café')).toEqual([['Café'], ['café']]);
    expect(slices('Straße мир', 'МИР strasse')).toEqual([['мир'], ['МИР']]);
    expect(slices('東京都', '京都')).toEqual([
      ['京', '都'],
      ['京', '都'],
    ]);
  });

  it('is empty without a shared word', () => {
    expect(unigramOverlap('', 'a')).toEqual({ left: [], right: [] });
    expect(unigramOverlap('!', '!')).toEqual({ left: [], right: [] });
  });
});

describe('contentHash', () => {
  it('is the FNV-1a value in 16 digits', () => {
    expect(contentHash('foobar')).toBe('85944171f73967e8');
    expect(contentHash('Straße 😀')).toBe('0e566f3392561b55');
  });
});
