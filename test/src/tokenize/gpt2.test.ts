import fc from 'fast-check';
import { get_encoding } from 'tiktoken';
import { describe, expect, test } from 'vitest';
import { gpt2Tokenizer } from '../../../src/tokenize/gpt2.ts';
import { growth } from '../../fixtures/growth.ts';
import { texts } from './texts.ts';

const gpt2 = await gpt2Tokenizer();
const tiktoken = get_encoding('r50k_base');

describe("GPT-2's tokenizer", () => {
  test('knows the ids that GPT-2 was trained on', () => {
    expect(gpt2.encode('Hello world')).toEqual([15496, 995]);
    expect(gpt2.decode([15496, 995])).toBe('Hello world');
    expect(gpt2.vocabSize).toBe(50257);
    expect(gpt2.special).toEqual({ '<|endoftext|>': 50256 });
    expect(gpt2.tokenText(262)).toBe('Ġthe');
    expect(gpt2.tokenText(198)).toBe('Ċ');
  });

  test('encodes 1,000 texts as tiktoken does, and decodes them to what they were', () => {
    fc.assert(
      fc.property(texts, text => {
        const ids = gpt2.encode(text);
        expect(ids).toEqual([...tiktoken.encode_ordinary(text)]);
        expect(gpt2.decode(ids)).toBe(text);
        expect(gpt2.encode(text, { allowSpecial: true })).toEqual([...tiktoken.encode(text, 'all')]);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test('decodes any ids as tiktoken does', () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50256 }), { maxLength: 20 }), ids => {
        expect(gpt2.decode(ids)).toBe(decoder.decode(tiktoken.decode(Uint32Array.from(ids))));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('takes white space as Unicode has it, not as JavaScript does', () => {
    for (const text of ['a \u0085 b', 'a \ufeff b', '\ufeff\ufeff']) {
      expect(gpt2.encode(text)).toEqual([...tiktoken.encode_ordinary(text)]);
    }
  });

  test('keeps a text that looks like a special token a text, unless it is allowed', () => {
    expect(gpt2.encode('a<|endoftext|>b')).toEqual([64, 27, 91, 437, 1659, 5239, 91, 29, 65]);
    expect(gpt2.encode('a<|endoftext|>b', { allowSpecial: true })).toEqual([64, 50256, 65]);
    expect(gpt2.decode([64, 50256, 65])).toBe('a<|endoftext|>b');
    expect(gpt2.decode([64, 50256, 65], { skipSpecial: true })).toBe('ab');
  });

  test('takes a lone surrogate for U+FFFD', () => {
    expect(gpt2.encode('a\ud83d b')).toEqual(gpt2.encode('a\ufffd b'));
  });

  test('decodes half a character as U+FFFD, and forgets it before the next text', () => {
    const [first = 0] = gpt2.encode('\u{1d4b3}');
    expect(gpt2.decode([first])).toBe('\ufffd');
    expect(gpt2.decode(gpt2.encode('a'))).toBe('a');
  });

  test('encodes a run of characters in time that grows less than with its square', () => {
    const run = '-='.repeat(100_000);
    const sizes = { small: run.slice(0, 20_000), large: run, factor: 10 };
    const [ids, exponent] = growth(text => gpt2.encode(text), sizes);
    expect(exponent).toBeLessThan(1.6);
    expect(gpt2.decode(ids)).toBe(run);
  });

  test('refuses ids that it does not have', () => {
    expect(() => gpt2.decode([50257])).toThrow(
      'Cannot decode token 50257: an id must be in the vocabulary, and this one is not',
    );
  });
});
