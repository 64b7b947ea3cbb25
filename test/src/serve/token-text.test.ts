import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TokenText, tokenTexts } from '../../../src/serve/token-text.ts';
import { gpt2Tokenizer, llamaTokenizer, type Tokenizer } from '../../../src/tokenize/index.ts';

const FIXTURES = join(import.meta.dirname, '../tokenize/fixtures');
const tokenizers: [string, Tokenizer][] = [
  ['GPT-2', await gpt2Tokenizer()],
  ['LLaMA', await llamaTokenizer(await readFile(join(FIXTURES, 'llama.model')))],
];

/** The text of tokens that come one by one, and what each added. */
function oneByOne(tokenizer: Tokenizer, ids: number[]): { pieces: string[]; text: string } {
  const text = new TokenText(tokenizer, { skipSpecial: true });
  const pieces = ids.map(id => text.add(id));
  return { pieces, text: pieces.join('') + text.rest() };
}

describe.each(tokenizers)('tokens of %s, one by one,', (_, tokenizer) => {
  test('say what they say together', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(texts, text => {
        const ids = tokenizer.encode(text);
        expect(oneByOne(tokenizer, ids).text).toBe(tokenizer.decode(ids, { skipSpecial: true }));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('say it whatever the model writes', () => {
    const ids = fc.array(fc.integer({ min: 0, max: tokenizer.vocabSize - 1 }), { maxLength: 30 });
    fc.assert(
      fc.property(ids, ids => {
        expect(oneByOne(tokenizer, ids).text).toBe(tokenizer.decode(ids, { skipSpecial: true }));
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

describe('a character of several tokens', () => {
  const [[, tokenizer]] = tokenizers as [[string, Tokenizer]];

  test('comes with its last', () => {
    const ids = tokenizer.encode('a 🦔!');
    const { pieces } = oneByOne(tokenizer, ids);
    expect(pieces.filter(Boolean)).toEqual(['a', ' 🦔', '!']);
    expect(pieces.length).toBeGreaterThan(3);
  });

  test('that is never whole ends as U+FFFD', () => {
    const ids = tokenizer.encode('🦔').slice(0, 1);
    expect(oneByOne(tokenizer, ids)).toEqual({ pieces: [''], text: '\uFFFD' });
  });
});

test('a token by itself has the space before it, in every vocabulary', () => {
  for (const [, tokenizer] of tokenizers) {
    const ids = tokenizer.encode('it is the');
    expect(ids.map(tokenTexts(tokenizer)).join('').trim()).toBe('it is the');
    expect(tokenTexts(tokenizer)(ids.at(-1) ?? -1)).toMatch(/^ ?\S+$/);
  }
});
