import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ensureTensorflow, resolveBackend } from '../../src/compute/index.ts';
import { generateTokens, localModel } from '../../src/generate/index.ts';
import { openTrainableModel } from '../../src/generate/trainable-model.ts';
import { encodeDialogue, packDialogues } from '../../src/tokenize/index.ts';
import { finetune } from '../../src/train/index.ts';
import { TOKENS, tinyGguf, tinyModel, tinyQwen3 } from '../fixtures/tiny-model.ts';
import { chatInPython } from './run-python.ts';

beforeAll(async () => {
  await ensureTensorflow();
  await resolveBackend({ prefer: 'tensorflow' });
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'added-tokens-'));
});
afterEach(() => rm(folder, { recursive: true }));

const DIALOGUES = [
  ['why?', 'because.'],
  ['where', 'at-home'],
  ['when:', '2023'],
].map(([question = '', answer = ''], id) => ({
  id: `${id}`,
  turns: [
    { role: 'user' as const, content: question },
    { role: 'assistant' as const, content: answer },
  ],
}));

/** Where the base comes from: a folder with an untied head, one in bfloat16 and in shards, a tied one in GGUF. */
const BASES = { llama: tinyModel, qwen3: tinyQwen3, gguf: () => tinyGguf(folder) };

test.each(Object.keys(BASES) as (keyof typeof BASES)[])(
  '%s with tokens added and trained, saved, loads in Transformers with the same prompts and greedy tokens',
  async base => {
    const model = await BASES[base]();
    const out = join(folder, 'out');
    const opened = await openTrainableModel({ model, format: 'role-tokens', out });
    expect(opened.model.config.vocabSize).toBe(TOKENS.length + 4);
    const blocks = packDialogues(
      DIALOGUES.map(dialogue => encodeDialogue(dialogue, opened.tokenizer)),
      { sequenceLength: 24 },
    );
    const options = { learningRate: 1e-2, steps: 40, warmupSteps: 2, batchSize: 2 };
    const { model: trained, rows } = await finetune(opened.model, blocks, options);
    expect(rows.at(-1)?.loss).toBeLessThan(0.5 * (rows[0]?.loss ?? 0));
    await opened.save(out, trained);
    const loaded = await localModel(out);
    for (const { turns } of DIALOGUES) {
      const prompt = turns[0]?.content ?? '';
      const theirs = await chatInPython(out, prompt);
      expect(loaded.encodeChat(prompt).ids).toEqual(theirs.prompt);
      const { ends } = loaded.vocabulary;
      for await (const { ids, finish } of generateTokens(loaded.model, [theirs.prompt], {
        maxTokens: 16,
        stopTokens: ends,
      })) {
        const [own, last] = [theirs.answer.filter(id => !ends.includes(id)), theirs.answer.at(-1)];
        expect({ ids, finish }).toEqual({ ids: own, finish: ends.includes(last ?? -1) ? 'stop' : 'length' });
      }
    }
    loaded.dispose();
    tf.dispose([opened.model.weights, trained.weights]);
    if (base !== 'gguf') await rm(model, { recursive: true });
  },
);
