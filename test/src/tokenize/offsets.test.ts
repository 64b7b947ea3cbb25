import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gpt2Tokenizer } from '../../../src/tokenize/gpt2.ts';
import { llamaTokenizer } from '../../../src/tokenize/llama.ts';
import { withRoleTokens } from '../../../src/tokenize/role-tokens.ts';
import type { Tokenizer, TokensWithOffsets } from '../../../src/tokenize/tokenizer.ts';
import { jsonTokenizer } from '../../../src/tokenize/tokenizer-json.ts';

const GOLDEN = join(import.meta.dirname, '../../golden/offsets');

interface Row {
  text: string;
  ids: number[];
  /** In code points. */
  offsets: [number, number][];
}

async function golden(name: string) {
  return JSON.parse(await readFile(join(GOLDEN, `${name}.json`), 'utf8'));
}

/** Offsets in code points, as Python counts. */
function inCodePoints(text: string, { offsets }: TokensWithOffsets): number[][] {
  const points = (end: number) => Array.from(text.slice(0, end)).length;
  return offsets.map(([start, end]) => [points(start), points(end)]);
}

/** What no token covers: white space, and marks and letters of syllables that were composed into what is before them. */
const UNCOVERED = /^[\s▁\p{M}\u1161-\u11ff]*$/u;

/** SentencePiece's rules also drop control characters, and U+FFFD for lone surrogates. */
const DROPPED = /^[\s▁\p{M}\p{C}\u1161-\u11ff\ufffd]*$/u;

/** Offsets are within the text and in order, and together cover all else. */
function expectWhole(text: string, { ids, offsets }: TokensWithOffsets, uncovered = UNCOVERED): void {
  expect(offsets).toHaveLength(ids.length);
  let covered = 0;
  for (const [start, end] of offsets) {
    expect(start).toBeLessThanOrEqual(end);
    expect(end).toBeLessThanOrEqual(text.length);
    expect(text.slice(covered, start)).toMatch(uncovered);
    covered = Math.max(covered, end);
  }
  expect(text.slice(covered)).toMatch(uncovered);
}

const hostile = fc.string({
  unit: fc.constantFrom(
    ...[
      'a',
      'B',
      'é',
      'e\u0301',
      '\u0301',
      ' ',
      '  ',
      '\n',
      '\t',
      '\r\n',
      '\u00a0',
      '\u200b',
      '\ufeff',
      '▁',
      'İ',
      'ﬁ',
    ],
    ...[
      '🙂',
      '\ud83d',
      '\ude42',
      '東',
      '각',
      '\u1100\u1161\u11a8',
      '<|user|>',
      '<|end|>',
      "'s",
      '12',
      '.',
      '½',
      '\u0000',
      '𝔘',
    ],
  ),
  maxLength: 30,
});

describe.each(['gpt2', 'qwen', 'llama', 'metaspace', 'lowercase', 'nfkc'])(
  'the tokenizer.json "%s"',
  name => {
    test('gives the ids and offsets of Hugging Face', async () => {
      const { tokenizer: content, rows } = await golden(name);
      const tokenizer = await jsonTokenizer(content);
      for (const { text, ids, offsets } of rows as Row[]) {
        const found = tokenizer.encodeWithOffsets(text, { allowSpecial: true });
        expect({ text, ids: found.ids }).toEqual({ text, ids });
        expect({ text, offsets: inCodePoints(text, found) }).toEqual({ text, offsets });
      }
    });

    test('has offsets on any text', async () => {
      const tokenizer = await jsonTokenizer((await golden(name)).tokenizer);
      fc.assert(
        fc.property(hostile, fc.boolean(), (text, allowSpecial) => {
          const found = tokenizer.encodeWithOffsets(text, { allowSpecial });
          expect(found.ids).toEqual(tokenizer.encode(text, { allowSpecial }));
          expectWhole(text, found);
        }),
        { numRuns: 300 },
      );
    });
  },
);

describe.each(['unigram', 'bpe'])('a SentencePiece model of %s', kind => {
  test('gives the ids and offsets of SentencePiece', async () => {
    const { model, rows } = await golden(`sentencepiece-${kind}`);
    const tokenizer = llamaTokenizer(Buffer.from(model, 'base64'));
    for (const { text, ids, offsets } of rows as Row[]) {
      const found = tokenizer.encodeWithOffsets(text);
      expect({ text, ids: found.ids }).toEqual({ text, ids });
      expect({ text, offsets: inCodePoints(text, found) }).toEqual({ text, offsets });
    }
  });
});

describe('every tokenizer', () => {
  const tokenizers: [string, () => Promise<Tokenizer>][] = [
    ['GPT-2', async () => withRoleTokens(await gpt2Tokenizer())],
    [
      'SentencePiece',
      async () => llamaTokenizer(Buffer.from((await golden('sentencepiece-bpe')).model, 'base64')),
    ],
  ];

  test.each(tokenizers)('%s has offsets on any text', async (_, load) => {
    const tokenizer = await load();
    fc.assert(
      fc.property(hostile, fc.boolean(), (text, allowSpecial) => {
        const found = tokenizer.encodeWithOffsets(text, { allowSpecial });
        expect(found.ids).toEqual(tokenizer.encode(text, { allowSpecial }));
        expectWhole(text, found, DROPPED);
      }),
      { numRuns: 300 },
    );
  });
});

test('a regular expression of a tokenizer that never ends is stopped', async () => {
  const { tokenizer: content } = await golden('qwen');
  const hang = { type: 'Split', pattern: { Regex: '(a+)+$' }, behavior: 'Isolated', invert: false };
  const tokenizer = await jsonTokenizer({ ...content, pre_tokenizer: hang });
  expect(() => tokenizer.encode(`${'a'.repeat(50)}b`)).toThrow(
    "the tokenizer's regular expressions must take at most 1501 ms on a text of 51 characters, it takes longer",
  );
  expect(() => tokenizer.encodeWithOffsets(`${'a'.repeat(50)}b`)).toThrow('it takes longer');
  expect(tokenizer.encode('ab').length).toBeGreaterThan(0);
});
