import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOKENIZER_NAMES } from '../../../src/schema.ts';
import {
  bleu,
  bleuTokens,
  corpusBleu,
  rouge,
  scriptTokens,
  TOKENIZERS,
  tokenlessNote,
  unigrams,
  zhTokens,
} from '../../../src/text/index.ts';

/** Precision, recall and F1 of ROUGE-1, ROUGE-2 and ROUGE-L. */
type RecordedRouge = [number, number, number][];

interface RecordedTokenizer {
  tokens: string[][];
  bleu: number[];
  corpusBleu: number;
  rouge: RecordedRouge[];
  rougeStemmed: RecordedRouge[];
}

/** What test/golden/record-tokenizers.py recorded. */
const recorded: { texts: string[]; pairs: [number, number][] } & Record<
  '13a' | 'zh' | 'intl' | 'char',
  RecordedTokenizer
> = JSON.parse(readFileSync(new URL('../../golden/tokenizers.json', import.meta.url), 'utf8'));

const pairs = recorded.pairs.map(([i, j]): [string, string] => [
  recorded.texts[i] ?? '',
  recorded.texts[j] ?? '',
]);

describe.each(['13a', 'zh', 'intl', 'char'] as const)(
  'the tokenizer %s, on recorded texts of many scripts',
  name => {
    const expected = recorded[name];

    it('splits as sacrebleu does', () => {
      expect(recorded.texts.map(text => TOKENIZERS[name](text))).toEqual(expected.tokens);
    });

    it('gives BLEU of sacrebleu, of each pair and of all', () => {
      expect(pairs.length).toBeGreaterThan(150);
      expect(pairs.map(pair => bleu(...pair, { tokenizer: name }))).toEqual(
        expected.bleu.map(value => expect.closeTo(value, 9)),
      );
      const [predictions, references] = [pairs.map(([text]) => text), pairs.map(([, text]) => text)];
      expect(corpusBleu(predictions, references, { tokenizer: name })).toBeCloseTo(expected.corpusBleu, 9);
    });

    it.each([
      ['without stems', false, expected.rouge],
      ['with stems', true, expected.rougeStemmed],
    ] as const)('gives ROUGE of rouge_score for the same tokens, %s', (_, stem, scores) => {
      const found = pairs.map(pair => {
        const { rouge1, rouge2, rougeL } = rouge(...pair, { tokenizer: name, stem });
        return [rouge1, rouge2, rougeL].map(({ precision, recall, f1 }) => [precision, recall, f1]);
      });
      expect(found).toEqual(
        scores.map(each => each.map(part => part.map(value => expect.closeTo(value, 12)))),
      );
    });
  },
);

describe('the tokenizer script', () => {
  it.each([
    ['Chinese', '什么是光合作用？', ['什', '么', '是', '光', '合', '作', '用', '？']],
    ['Japanese', 'データ、東京。', ['デ', 'ー', 'タ', '、', '東', '京', '。']],
    ['Thai, marks with their letter', 'กรุงเทพ', ['ก', 'รุ', 'ง', 'เ', 'ท', 'พ']],
    ['Korean, which has spaces', '수도는 어디인가요?', ['수도는', '어디인가요', '?']],
    ['Arabic, its punctuation apart', 'ما هي فرنسا؟', ['ما', 'هي', 'فرنسا', '؟']],
    ['Hindi, its full stop apart', 'दिल्ली है।', ['दिल्ली', 'है', '।']],
    ['a mixture', 'iPhone 15的“价格”', ['iPhone', '15', '的', '“', '价', '格', '”']],
    ['characters beyond U+FFFF', '𠮷野', ['𠮷', '野']],
  ])('splits %s', (_, text, tokens) => {
    expect(scriptTokens(text)).toEqual(tokens);
  });

  it('is 13a for texts in Latin letters', () => {
    const part = fc.constantFrom(...'aZéß09 .,-–—“”‘’…·!?¿&;()\n$€', '&quot;', 'U.S.', '1,000');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), parts => {
        expect(scriptTokens(parts.join(''))).toEqual(bleuTokens(parts.join('')));
      }),
      { seed: 8 },
    );
  });
});

describe('all tokenizers', () => {
  it('keep every character that is no white space, in order, and give no empty token', () => {
    const part = fc.constantFrom(...'aé9 .,-–“中日の한ไุ؟😀𠮷\u3000\u2028\t');
    fc.assert(
      fc.property(fc.constantFrom(...TOKENIZER_NAMES), fc.array(part, { maxLength: 20 }), (name, parts) => {
        const tokens = TOKENIZERS[name](parts.join(''));
        expect(tokens.join('')).toBe(parts.join('').replace(/\s/g, ''));
        expect(tokens.every(token => token !== '' && !/\s/.test(token))).toBe(true);
      }),
      { seed: 8 },
    );
  });

  it('compare texts in capitals as others in ROUGE, and not in BLEU', () => {
    expect(rouge('ÄB 中', 'äb 中', { tokenizer: 'zh' }).rouge1.f1).toBe(1);
    expect(bleu('ÄB 中', 'äb 中', { tokenizer: 'zh' })).toBeLessThan(100);
    expect(zhTokens('ÄB中')).toEqual(['ÄB', '中']);
  });
});

describe('a note', () => {
  it('counts the texts that a metric sees no token of, blank ones aside', () => {
    const note = (texts: string[]) => tokenlessNote('Overlap counts words', texts, unigrams, 'Count others.');
    expect(note(['春眠', 'день', '', ' \n', 'abc', '中1'])).toBe(
      'Overlap counts words, and sees none in 2 of 6 texts. Count others.',
    );
    expect(note(['', 'abc'])).toBe(undefined);
    expect(note([])).toBe(undefined);
  });
});
