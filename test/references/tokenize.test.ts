import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { get_encoding } from 'tiktoken';
import { describe, expect, test } from 'vitest';
import { openGguf } from '../../src/model/index.ts';
import {
  ggufTokenizer,
  ggufTokenizerJson,
  gpt2Tokenizer,
  llamaTokenizer,
  type Tokenizer,
} from '../../src/tokenize/index.ts';
import { smollm2 } from '../fixtures/smollm2.ts';
import { gpt2Metadata } from '../src/tokenize/gpt2-vocabulary.ts';
import { texts } from '../src/tokenize/texts.ts';
import { runPython } from './run-python.ts';

const SAMPLE = [...new Set(fc.sample(texts, { seed: 4, numRuns: 14_000 }))].slice(0, 10_000);
const FIXTURES = resolve(import.meta.dirname, '../src/tokenize/fixtures');

test('the sample holds 10,000 different texts', () => {
  expect(SAMPLE.length).toBe(10_000);
});

/** The texts that two implementations encode differently; the first few, to be read. */
function differing(tokenizer: Tokenizer, expected: readonly number[][], options = {}) {
  return SAMPLE.map((text, i) => ({ text, ours: tokenizer.encode(text, options), theirs: expected[i] }))
    .filter(({ ours, theirs }) => JSON.stringify(ours) !== JSON.stringify(theirs))
    .slice(0, 5);
}

const transformers = (tokenizer_json: unknown, split_special: boolean) =>
  runPython<number[][]>('encode-texts.py', {
    work: 'transformers',
    tokenizer_json,
    texts: SAMPLE,
    split_special,
  });

describe("GPT-2's tokenizer encodes 10,000 texts", () => {
  test('as tiktoken does', async () => {
    const tiktoken = get_encoding('r50k_base');
    const gpt2 = await gpt2Tokenizer();
    expect(
      differing(
        gpt2,
        SAMPLE.map(text => [...tiktoken.encode_ordinary(text)]),
      ),
    ).toEqual([]);
    const special = SAMPLE.map(text => [...tiktoken.encode(text, 'all')]);
    expect(differing(gpt2, special, { allowSpecial: true })).toEqual([]);
  });

  test('as Transformers does', async () => {
    const json = ggufTokenizerJson(gpt2Metadata());
    const published = {
      ...json,
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    };
    expect(differing(await gpt2Tokenizer(), await transformers(published, true))).toEqual([]);
  });
});

describe("SmolLM2's tokenizer, from its GGUF file, encodes 10,000 texts", async () => {
  const file = await openGguf((await smollm2()) ?? expect.fail('SmolLM2 is out of reach'));
  const tokenizer = await ggufTokenizer(file.metadata);
  const json = ggufTokenizerJson(file.metadata);
  await file.close();
  // As Hugging Face publishes it.
  const steps = [
    { type: 'Digits', individual_digits: true },
    { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  ];
  const published = { ...json, pre_tokenizer: { type: 'Sequence', pretokenizers: steps } };

  test('as Transformers does, special tokens as text', async () => {
    expect(differing(tokenizer, await transformers(published, true))).toEqual([]);
  });

  test('as Transformers does, special tokens allowed', async () => {
    const expected = await transformers(published, false);
    expect(differing(tokenizer, expected, { allowSpecial: true })).toEqual([]);
  });
});

describe('SentencePiece models encode 10,000 texts as SentencePiece does', () => {
  const compare = async (path: string) => {
    const expected = await runPython<number[][]>('encode-texts.py', {
      work: 'sentencepiece',
      model: path,
      texts: SAMPLE,
    });
    expect(differing(llamaTokenizer(await readFile(path)), expected)).toEqual([]);
  };

  test.each(['llama', 'unigram', 'turned'])('%s', name => compare(join(FIXTURES, `${name}.model`)));

  test.each(['nmt_nfkc', 'nfkc_cf'])('with the rules of normalisation %s', async rules => {
    const options = {
      model_prefix: join(await mkdtemp(join(tmpdir(), 'sentencepiece-')), rules),
      model_type: rules === 'nmt_nfkc' ? 'unigram' : 'bpe',
      vocab_size: 5000,
      hard_vocab_limit: false,
      byte_fallback: true,
      normalization_rule_name: rules,
      user_defined_symbols: ['<|im_start|>', '▁▁', 'ﬁ'],
    };
    await compare(
      await runPython<string>('encode-texts.py', { work: 'train', options, corpus: SAMPLE.slice(0, 3000) }),
    );
  });
});
