import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bleu, bleuTokens, corpusBleu } from '../../../src/text/index.ts';
import { recorded, textsAt } from './recorded-metrics.ts';

describe('bleu', () => {
  it('is the geometric mean of the shares of n-grams matched', () => {
    // Of 6 tokens: 5/6 unigrams, 3/5 bigrams, 2/4 trigrams, 1/3 of order 4.
    const expected = 100 * ((5 / 6) * (3 / 5) * (2 / 4) * (1 / 3)) ** (1 / 4);
    expect(bleu('the cat sat on my mat', 'the cat sat on the mat')).toBeCloseTo(expected, 10);
  });

  it('punishes predictions shorter than their reference', () => {
    expect(bleu('the cat sat', 'the cat sat down')).toBeCloseTo(100 * Math.exp(1 - 4 / 3), 10);
    expect(bleu('the cat sat down', 'the cat sat')).toBeCloseTo(
      100 * ((3 / 4) * (2 / 3) * (1 / 2) * (1 / (2 * 1))) ** (1 / 4),
      10,
    );
  });

  it('halves a match for each order without one', () => {
    // 1/4 unigrams, then 1/2 of 3, 1/4 of 2, 1/8 of 1.
    const expected = 100 * ((1 / 4) * (1 / 6) * (1 / 8) * (1 / 8)) ** (1 / 4);
    expect(bleu('a b c d', 'd x y z')).toBeCloseTo(expected, 10);
  });

  it('takes short predictions by the orders they have', () => {
    expect(bleu('yes', 'yes')).toBeCloseTo(100, 10);
    expect(bleu('oh yes', 'oh yes')).toBeCloseTo(100, 10);
    expect(bleu('oh yes', 'yes oh')).toBeCloseTo(100 * Math.sqrt(1 / 2), 10);
  });

  it('counts an n-gram at most as often as the reference holds it', () => {
    expect(bleu('the the', 'the')).toBeCloseTo(100 * Math.sqrt((1 / 2) * (1 / 2)), 10);
  });

  it('is 0 without a word in common, cased, or without words', () => {
    expect(bleu('The', 'the')).toBe(0);
    expect(bleu('', '')).toBe(0);
    expect(bleu('', 'word')).toBe(0);
    expect(bleu('word', '')).toBe(0);
  });

  it('takes n-grams from any of several references, and the nearest length, the shorter of two', () => {
    expect(bleu('a b', ['a', 'x a b'])).toBeCloseTo(100, 10);
    expect(bleu('a b', ['x a b', 'x x a b'])).toBeCloseTo(100 * Math.exp(1 - 3 / 2), 10);
  });

  it('equals sacrebleu on recorded texts', () => {
    for (const [i, [prediction, reference]] of recorded.pairs.entries()) {
      const [a = '', b = ''] = textsAt(prediction, reference);
      expect(bleu(a, b), `${JSON.stringify(a)} against ${JSON.stringify(b)}`).toBeCloseTo(
        recorded.bleu[i] ?? Number.NaN,
        9,
      );
    }
    for (const [i, [prediction, ...references]] of recorded.several.entries()) {
      expect(bleu(textsAt(prediction)[0] ?? '', textsAt(...references))).toBeCloseTo(
        recorded.bleuOfSeveral[i] ?? Number.NaN,
        9,
      );
    }
    expect(recorded.bleu.filter(score => score > 0 && score < 100).length).toBeGreaterThan(50);
  });

  it('refuses a prediction without a reference', () => {
    expect(() => bleu('a', [])).toThrow('a reference is required, found none');
  });
});

describe('corpusBleu', () => {
  it('counts over all pairs before it takes shares', () => {
    // Together: 5/6 unigrams, 3/4 bigrams, 2/2 trigrams, 1/1 of order 4; the lengths are 6 and 6.
    const expected = 100 * ((5 / 6) * (3 / 4) * 1 * 1) ** (1 / 4);
    expect(corpusBleu(['a b c d', 'e f'], ['a b c d', 'e g'])).toBeCloseTo(expected, 10);
  });

  it('equals sacrebleu on recorded texts', () => {
    const predictions = recorded.pairs.map(([i]) => textsAt(i)[0] ?? '');
    const references = recorded.pairs.map(([, j]) => textsAt(j)[0] ?? '');
    expect(corpusBleu(predictions, references)).toBeCloseTo(recorded.corpusBleu, 9);
  });

  it('needs four tokens to be above 0', () => {
    expect(corpusBleu(['a b c'], ['a b c'])).toBe(0);
  });

  it('is null of no pairs and refuses lists of different length', () => {
    expect(corpusBleu([], [])).toBeNull();
    expect(() => corpusBleu(['a'], [])).toThrow('found 0 for 1');
  });
});

describe('bleuTokens', () => {
  it.each([
    ['It costs $1,000.50.', ['It', 'costs', '$', '1,000.50', '.']],
    ['3-4, e-mail', ['3', '-', '4', ',', 'e-mail']],
    ['&quot;A&amp;lt;B', ['"', 'A', '<', 'B']],
    ['broken-\nword\nnext', ['brokenword', 'next']],
    [
      'U+0085\u0085and\u001cU+001C, but not\ufeffU+FEFF',
      ['U', '+', '0085', 'and', 'U', '+', '001C', ',', 'but', 'not\ufeffU', '+', 'FEFF'],
    ],
  ])('of %j', (text, tokens) => {
    expect(bleuTokens(text)).toEqual(tokens);
  });

  it('hold no white space and together all else, of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        // Entities, tags and hyphens at line ends are rewritten.
        fc.pre(!/&(quot|amp|lt|gt);|<skipped>|-\n/.test(text));
        expect(bleuTokens(text).join('')).toBe(
          text.replace(/[\s\x1c-\x1f\x85]/g, space => (space === '\ufeff' ? space : '')),
        );
      }),
    );
  });
});
