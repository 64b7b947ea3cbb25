import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { porterStem, type Rouge, rouge } from '../../../src/text/index.ts';
import { recorded, textsAt } from './recorded-metrics.ts';

const MEASURES = ['rouge1', 'rouge2', 'rougeL'] as const;

describe('rouge', () => {
  it('counts words, pairs of words, and the longest common subsequence', () => {
    // Prediction 6 words, reference 5; in common: police, killed, the, gunman; "the gunman"; "killed the gunman" or "police … ".
    const found = rouge('the gunman police killed on Monday', 'Police killed the gunman today!');
    expect(found.rouge1).toEqual({ precision: 4 / 6, recall: 4 / 5, f1: expect.closeTo(8 / 11, 12) });
    expect(found.rouge2).toEqual({ precision: 2 / 5, recall: 2 / 4, f1: expect.closeTo(4 / 9, 12) });
    expect(found.rougeL).toEqual({ precision: 2 / 6, recall: 2 / 5, f1: expect.closeTo(4 / 11, 12) });
  });

  it('agrees with the pairs in rouge_score’s own tests', () => {
    const one = rouge('testing one', 'testing one two');
    expect(one.rouge2).toEqual({ precision: 1, recall: 1 / 2, f1: 2 / 3 });
    expect(one.rougeL).toEqual({ precision: 1, recall: 2 / 3, f1: 0.8 });
    expect(rouge('testing two', 'testing one two').rougeL.f1).toBe(0.8);
    expect(rouge('text first', 'first something').rougeL.f1).toBe(0.5);
  });

  it('is 0 for texts without words, both alike', () => {
    const zero = { precision: 0, recall: 0, f1: 0 };
    expect(rouge('', '')).toEqual({ rouge1: zero, rouge2: zero, rougeL: zero });
    expect(rouge('один', 'один').rouge1).toEqual(zero);
    expect(rouge('word', 'word').rouge2).toEqual(zero);
  });

  it('compares stems of words longer than three letters with the option stem', () => {
    expect(rouge('cats running', 'cat runs').rouge1.f1).toBe(0);
    expect(rouge('cats running', 'cat runs', { stem: true }).rouge1.f1).toBe(1);
    // NLTK's stem of “was” is “wa”.
    expect(rouge('was', 'wa', { stem: true }).rouge1.f1).toBe(0);
  });

  it.each([
    ['without stemming', false, recorded.rouge],
    ['with stemming', true, recorded.rougeStemmed],
  ] as const)('equals rouge_score on recorded texts %s', (_, stem, expected) => {
    for (const [i, [prediction, reference]] of recorded.pairs.entries()) {
      const [a = '', b = ''] = textsAt(prediction, reference);
      const found: Rouge = rouge(a, b, { stem });
      for (const name of MEASURES) {
        const [precision, recall, f1] = expected[i]?.[name] ?? [];
        expect(found[name], `${name} of ${JSON.stringify(a)} against ${JSON.stringify(b)}`).toEqual({
          precision: expect.closeTo(precision ?? Number.NaN, 12),
          recall: expect.closeTo(recall ?? Number.NaN, 12),
          f1: expect.closeTo(f1 ?? Number.NaN, 12),
        });
      }
    }
  });

  it('finds the same f1 with prediction and reference exchanged, and 1 of a text with itself', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'do', 'does', 'doing'), { maxLength: 30 });
    fc.assert(
      fc.property(texts, texts, fc.boolean(), (a, b, stem) => {
        const [left, right] = [a.join(' '), b.join(' ')];
        for (const name of MEASURES) {
          const there = rouge(left, right, { stem })[name];
          const back = rouge(right, left, { stem })[name];
          expect([there.precision, there.recall]).toEqual([back.recall, back.precision]);
          expect(there.f1).toBeCloseTo(back.f1, 12);
        }
        expect(rouge(left, left).rougeL.f1).toBe(a.length > 0 ? 1 : 0);
      }),
    );
  });
});

describe('porterStem', () => {
  it.each(Object.entries(recorded.stems))('of %s is %s, as NLTK stems', (word, stem) => {
    expect(porterStem(word)).toBe(stem);
  });
});
