import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/stats/index.ts';
import { wordDiff } from '../../../src/text/index.ts';
import { growth } from '../../fixtures/growth.ts';

const slices = (a: string, b: string) => {
  const { left, right } = wordDiff(a, b);
  return [
    left.map(({ start, end }) => a.slice(start, end)),
    right.map(({ start, end }) => b.slice(start, end)),
  ];
};

describe('wordDiff', () => {
  it('spans what either text has alone', () => {
    expect(wordDiff('The cat sat.', 'The dog sat down.')).toEqual({
      left: [{ start: 4, end: 7, kind: 'removed' }],
      right: [
        { start: 4, end: 7, kind: 'added' },
        { start: 12, end: 16, kind: 'added' },
      ],
      unit: 'word',
    });
  });

  it('joins neighbouring words and separates punctuation', () => {
    expect(slices('It was a very long day, yes', 'It was a day; yes')).toEqual([['very long', ','], [';']]);
    expect(slices("don't 😀 go", "don't 😁 go")).toEqual([['😀'], ['😁']]);
  });

  it('takes white space alone for no difference', () => {
    expect(wordDiff('a b\nc', ' a\r\n\r\nb  c')).toEqual({ left: [], right: [], unit: 'word' });
  });

  it('marks all of a text beside an empty one', () => {
    expect(slices('', ' a b ')).toEqual([[], ['a b']]);
    expect(wordDiff('', '')).toEqual({ left: [], right: [], unit: 'word' });
  });

  it('leaves the same words in both texts when its spans are cut out', () => {
    const { integer, choose } = seededRandom('diff');
    const pieces = ['a', 'b', 'c', ' ', '  ', '\n', '.', ',', '😀', 'é', '"'];
    const rest = (text: string, spans: readonly { start: number; end: number }[]) =>
      [...spans]
        .reverse()
        .reduce((left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`, text)
        .match(/[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu) ?? [];
    for (let round = 0; round < 500; round++) {
      const [a, b] = [1, 2].map(() => Array.from({ length: integer(30) }, () => choose(pieces)).join(''));
      const { left, right } = wordDiff(a ?? '', b ?? '');
      expect(rest(a ?? '', left)).toEqual(rest(b ?? '', right));
    }
  });

  it('falls back to lines where the texts are long', () => {
    const line = `${'word '.repeat(100)}end`;
    const a = Array(300).fill(line).join('\n');
    const b = `${a}\nMore.`;
    expect(wordDiff(a, b)).toEqual({
      left: [],
      right: [{ start: a.length + 1, end: b.length, kind: 'added' }],
      unit: 'line',
    });
  });

  it('marks both texts whole where even their lines differ too much, in time in proportion to them', () => {
    const lines = (prefix: string, length: number) =>
      Array.from({ length }, (_, i) => `${prefix} says ${i}`).join('\n');
    const texts = (length: number): [string, string] => [lines('A', length), lines('B', length)];
    const sizes = { small: texts(10_000), large: texts(40_000), factor: 4 };
    const [diff, exponent] = growth(pair => wordDiff(...pair), sizes);
    expect(exponent).toBeLessThan(1.6);
    const [a, b] = sizes.large;
    expect(diff).toEqual({
      left: [{ start: 0, end: a.length, kind: 'removed' }],
      right: [{ start: 0, end: b.length, kind: 'added' }],
      unit: 'text',
    });
  });
});
