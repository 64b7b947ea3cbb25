import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { get_encoding } from 'tiktoken';
import { describe, expect, test } from 'vitest';
import { ggufTokenizer, ggufTokenizerJson } from '../../../src/tokenize/gguf-tokenizer.ts';
import { llamaTokenizer } from '../../../src/tokenize/llama.ts';
import { readModel } from '../../../src/tokenize/sentencepiece/model.ts';
import { jsonTokenizer } from '../../../src/tokenize/tokenizer-json.ts';
import { gpt2Metadata } from './gpt2-vocabulary.ts';
import { texts } from './texts.ts';

const metadata = gpt2Metadata();
const json = ggufTokenizerJson(metadata);
/** As Hugging Face publishes it, with the pattern built in. */
const published = { ...json, pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, use_regex: true } };
const gpt2 = await jsonTokenizer(published);
const tiktoken = get_encoding('r50k_base');

describe("a tokenizer.json of GPT-2's vocabulary", () => {
  test('encodes 500 texts as tiktoken does, and decodes them to what they were', () => {
    fc.assert(
      fc.property(texts, text => {
        const ids = gpt2.encode(text);
        expect(ids).toEqual([...tiktoken.encode_ordinary(text)]);
        expect(gpt2.decode(ids)).toBe(text);
        expect(gpt2.encode(text, { allowSpecial: true })).toEqual([...tiktoken.encode(text, 'all')]);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test('says what is in it', () => {
    expect(gpt2.vocabSize).toBe(50257);
    expect(gpt2.special).toEqual({ '<|endoftext|>': 50256 });
    expect(gpt2.tokenText(262)).toBe('Ġthe');
    expect(gpt2.decode([64, 50256, 65])).toBe('a<|endoftext|>b');
    expect(gpt2.decode([64, 50256, 65], { skipSpecial: true })).toBe('ab');
    expect(gpt2.decode([])).toBe('');
    expect(() => gpt2.decode([50257])).toThrow('Cannot decode token 50257');
  });

  test('takes a lone surrogate for U+FFFD', () => {
    expect(gpt2.encode('a\ud83d b')).toEqual(gpt2.encode('a\ufffd b'));
  });

  test('cuts each digit apart where it says so, whatever the script', async () => {
    const steps = [
      { type: 'Digits', individual_digits: true },
      { type: 'ByteLevel', add_prefix_space: false },
    ];
    const digits = await jsonTokenizer({
      ...json,
      pre_tokenizer: { type: 'Sequence', pretokenizers: steps },
    });
    const apart = (text: string) => digits.encode(text).map(id => digits.decode([id]));
    expect(apart('in 2023')).toEqual(['in', ' ', '2', '0', '2', '3']);
    expect(digits.encode('½½')).toEqual([...digits.encode('½'), ...digits.encode('½')]);
  });

  test('is refused where it is none', async () => {
    await expect(jsonTokenizer({ tokens: [] })).rejects.toThrow(
      'Cannot read the tokenizer.json: it must hold a model with a vocab, found the keys tokens',
    );
    await expect(jsonTokenizer({ ...json, pre_tokenizer: { type: 'Magic' } })).rejects.toThrow(
      'Cannot read the tokenizer.json: ',
    );
  });
});

describe('the tokenizer in a GGUF file', () => {
  test('cuts as its "pre" says', async () => {
    const text = "It's 2023,  isn't it?\u0085\n";
    expect((await ggufTokenizer(metadata)).encode(text)).toEqual([...tiktoken.encode_ordinary(text)]);
    const smollm = await ggufTokenizer(new Map([...metadata, ['tokenizer.ggml.pre', 'smollm']]));
    expect(smollm.encode(' 42').map(id => smollm.tokenText(id))).toEqual(['Ġ', '4', '2']);
    const llama3 = await ggufTokenizer(new Map([...metadata, ['tokenizer.ggml.pre', 'llama-bpe']]));
    expect(llama3.encode("I'LL").map(id => llama3.tokenText(id))).toEqual(['I', "'", 'LL']);
  });

  test('is SentencePiece where it says llama', async () => {
    const file = readFileSync(join(import.meta.dirname, 'fixtures', 'llama.model'));
    const { pieces } = readModel(file);
    const typeNumbers = ['', 'normal', 'unknown', 'control', 'user-defined', 'unused', 'byte'];
    const tokenizer = await ggufTokenizer(
      new Map<string, unknown>([
        ['tokenizer.ggml.model', 'llama'],
        ['tokenizer.ggml.tokens', pieces.map(({ text }) => text)],
        ['tokenizer.ggml.scores', Float32Array.from(pieces, ({ score }) => score)],
        ['tokenizer.ggml.token_type', Int32Array.from(pieces, ({ type }) => typeNumbers.indexOf(type))],
      ]),
    );
    const text = 'The model imitates 1,000 answers 😀';
    expect(tokenizer.encode(text)).toEqual(llamaTokenizer(file).encode(text));
  });

  test('is refused where we do not know it', async () => {
    const other = (key: string, value: unknown) => ggufTokenizer(new Map([...metadata, [key, value]]));
    await expect(other('tokenizer.ggml.model', 'bert')).rejects.toThrow(
      'its model must be gpt2 or llama, it is bert',
    );
    await expect(other('tokenizer.ggml.pre', 'viking')).rejects.toThrow(
      'its "pre" must be one of gpt-2, smollm, llama-bpe, qwen2, it is viking',
    );
    await expect(other('tokenizer.ggml.merges', undefined)).rejects.toThrow(
      'it has no list tokenizer.ggml.merges',
    );
  });
});
