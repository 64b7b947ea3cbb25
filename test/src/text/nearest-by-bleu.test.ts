import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bleu, nearestByBleu, ngramIndex } from '../../../src/text/index.ts';

/** The nearest reference of each query by the index. */
function found(queries: string[], references?: string[]) {
  const find = nearestByBleu(ngramIndex(queries, references));
  return queries.map((_, i) => find(i));
}

/** Holds the index to scoring each query against each reference. */
function expectExact(queries: string[], references?: string[]) {
  for (const [i, { index, bleu: score }] of found(queries, references).entries()) {
    const query = queries[i] ?? '';
    const scores = (references ?? queries).map((other, j) =>
      references || i !== j ? bleu(query, other) : 0,
    );
    expect(score).toBeCloseTo(Math.max(0, ...scores), 9);
    if (index === -1) expect(score).toBe(0);
    else expect(scores[index]).toBeCloseTo(score, 9);
    if (!references) expect(index).not.toBe(i);
  }
}

const texts = (words: string[], maxLength: number) =>
  fc.array(
    fc.array(fc.constantFrom(...words), { maxLength }).map(tokens => tokens.join(' ')),
    { maxLength: 40 },
  );
const few = ['a', 'b', 'c'];
const many = [...few, ...'defghijklmnopqrstuvwxyz'];

describe('nearestByBleu', () => {
  it('finds the most similar other query and its score', () => {
    const queries = ['name three fruits', 'name three red fruits', 'sort this list', 'sort'];
    const [first, , , last] = found(queries);
    // "name three fruits" in the longer one: 3/3 words, 1/2 pairs, half a match of one triple; exp(1 − 4/3).
    const expected = 100 * (1 * (1 / 2) * (1 / 2)) ** (1 / 3) * Math.exp(1 - 4 / 3);
    expect(first).toEqual({ index: 1, bleu: expect.closeTo(expected, 10) });
    expect(last).toEqual({ index: 2, bleu: expect.closeTo(100 * Math.exp(1 - 3), 10) });
  });

  it('takes a text of the same tokens first, and never the query itself', () => {
    expect(found(['Why?', 'why not', 'Why ?', 'Why?'])).toEqual([
      { index: 2, bleu: expect.closeTo(100, 10) },
      { index: -1, bleu: 0 },
      { index: 0, bleu: expect.closeTo(100, 10) },
      { index: 0, bleu: expect.closeTo(100, 10) },
    ]);
  });

  it('finds nothing for a query without tokens or without a token in common, or alone', () => {
    const nothing = { index: -1, bleu: 0 };
    expect(found(['', '', ' ', 'one', 'two'])).toEqual([nothing, nothing, nothing, nothing, nothing]);
    expect(found(['alone'])).toEqual([nothing]);
    expect(found([])).toEqual([]);
    expect(found(['one'], [])).toEqual([nothing]);
  });

  it('looks among the references alone where they are given, the same text among them', () => {
    expect(found(['a b c d', 'a b c x'], ['x y z', 'a b c d'])).toEqual([
      { index: 1, bleu: expect.closeTo(100, 10) },
      { index: 1, bleu: expect.closeTo(bleu('a b c x', 'a b c d'), 10) },
    ]);
  });

  it.each([
    ['of few words, which repeat', few, 12],
    ['of many words', many, 12],
    ['of one to three words', many, 3],
    ['that are long', few, 60],
  ])('is exact for queries %s', (_, words, length) => {
    fc.assert(
      fc.property(texts(words, length), queries => expectExact(queries)),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(texts(words, length), texts(words, length), (queries, references) =>
        expectExact(queries, references),
      ),
      { numRuns: 60 },
    );
  });

  it('is exact for templates with one and two slots, where nearly all is shared', () => {
    const fruits = ['apple', 'pear', 'plum', 'fig', 'date', 'lime', 'kiwi'];
    const one = Array.from({ length: 150 }, (_, i) => `What is the price of item ${i} on the list?`);
    const two = fruits.flatMap(a => fruits.map(b => `Which is better for breakfast, an ${a} or a ${b}?`));
    expectExact(one);
    expectExact([...two, ...one.slice(0, 40)]);
    expectExact(one.slice(0, 60), two);
  });
});
