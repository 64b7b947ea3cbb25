import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ggufModel } from '../../../src/chat/index.ts';
import { convertToGguf, type LanguageModel, localModel } from '../../../src/generate/index.ts';
import { ARCHITECTURES, initConfig, initialise, saveModel } from '../../../src/model/index.ts';
import { onBackend } from '../../fixtures/backends.ts';

onBackend('cpu');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'to-gguf-'));
});
afterAll(() => rm(folder, { recursive: true }));

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const TOKENS = ['<s>', '</s>', ...LETTERS];

/** Parts that llama.cpp requires of an architecture beside the sizes. */
const REQUIRED: Readonly<Record<string, object>> = {
  gemma2: {
    attnSoftcap: 50,
    logitsSoftcap: 30,
    queryPreAttnScalar: 32,
    ...{ slidingWindow: 8, slidingLayers: [true, false] },
  },
  gemma3_text: {
    queryPreAttnScalar: 32,
    slidingRope: { theta: 5000 },
    ...{ slidingWindow: 8, slidingLayers: [true, true] },
  },
  granite: { embeddingMultiplier: 3, residualMultiplier: 0.5, attentionMultiplier: 0.1, logitsScaling: 2 },
  gpt_neox: { tieWordEmbeddings: false },
  olmo2: { tieWordEmbeddings: false },
};

/** Saves a model of random weights, which knows small letters, as a folder. */
async function savedModel(architecture: string): Promise<string> {
  const sizes = { architecture, maxPositions: 64, hiddenSize: 64, layers: 2, heads: 2 };
  const config = { ...initConfig(sizes, TOKENS.length), ...REQUIRED[architecture] };
  // Of a model whose name is Phi-3's, llama.cpp requires that model's tokens.
  const path = join(folder, `tiny-${WRITTEN.indexOf(architecture)}`);
  await saveModel(path, { config, weights: initialise(config, architecture) });
  const special = { special: true, normalized: false, single_word: false, lstrip: false, rstrip: false };
  const files = {
    'tokenizer.json': {
      version: '1.0',
      added_tokens: ['<s>', '</s>'].map((content, id) => ({ id, content, ...special })),
      normalizer: null,
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      post_processor: null,
      decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      model: { type: 'BPE', vocab: Object.fromEntries(TOKENS.map((token, id) => [token, id])), merges: [] },
    },
    'tokenizer_config.json': { bos_token: '<s>', eos_token: '</s>' },
  };
  for (const [name, content] of Object.entries(files))
    await writeFile(join(path, name), JSON.stringify(content));
  return path;
}

/** Greedy continuations of texts. */
async function continued(model: LanguageModel): Promise<(string | null)[]> {
  const prompts = ['abc', 'hello', 'zyx'].map((text, id) => ({ id: `${id}`, text }));
  const texts: (string | null)[] = [];
  for await (const { promptId, text } of model.generate(prompts, { maxTokens: 20 }))
    texts[Number(promptId)] = text;
  return texts;
}

const WRITTEN = ARCHITECTURES.filter(({ gguf }) => gguf).map(({ name }) => name);

describe.each(WRITTEN)('%s', architecture => {
  test('as a GGUF file has the greedy tokens of its folder, in llama.cpp and here', async () => {
    const from = await savedModel(architecture);
    const to = join(folder, `${architecture}.gguf`);
    await convertToGguf(from, to, { type: 'F32' });
    const [ours, read, theirs] = [await localModel(from), await localModel(to), await ggufModel(to)];
    try {
      const expected = await continued(ours);
      expect(expected.join('').length).toBeGreaterThan(20);
      expect(await continued(read)).toEqual(expected);
      expect(await continued(theirs)).toEqual(expected);
    } finally {
      for (const model of [ours, read, theirs]) await model.dispose();
    }
  });
});
