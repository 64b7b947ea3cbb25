import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GenerateOptions, ggufModel, type LanguageModel } from '../../../src/chat/index.ts';
import { resolveBackend } from '../../../src/compute/index.ts';
import { generateTokens, type LocalModel, localModel, scoreTokens } from '../../../src/generate/index.ts';
import { loadModel } from '../../../src/model/index.ts';
import type { Generation } from '../../../src/schema.ts';
import { onBackend } from '../../fixtures/backends.ts';
import { smollm2, withSmollm2 } from '../../fixtures/smollm2.ts';
import { TOKENS, tinyModel } from '../../fixtures/tiny-model.ts';

const GOLDEN = join(import.meta.dirname, '../../golden/models/llama-scaled');
const idsOf = (text: string) => [...text].map(letter => TOKENS.indexOf(letter));

let folder = '';
let model: LocalModel;
let before = 0;

beforeAll(async () => {
  await resolveBackend({ prefer: 'cpu' });
  before = tf.memory().numTensors;
  folder = await tinyModel();
  model = await localModel(folder, { name: 'tiny', concurrency: 2 });
});
afterAll(async () => {
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
  await rm(folder, { recursive: true });
});

async function answers(texts: string[], options: GenerateOptions): Promise<Generation[]> {
  const found: Generation[] = [];
  const questions = texts.map((text, index) => ({ id: `${index}`, text }));
  for await (const generation of model.generate(questions, options)) found.push(generation);
  return found.sort((a, b) => a.promptId.localeCompare(b.promptId));
}

/** Greedy tokens of one prompt of ids, by the weights alone. */
async function tokensAfter(ids: number[], maxTokens: number): Promise<number[]> {
  const bare = await loadModel(GOLDEN);
  try {
    for await (const { ids: answer } of generateTokens(bare, [ids], { maxTokens, stopTokens: [1, 2] }))
      return answer;
    return [];
  } finally {
    tf.dispose(bare.weights);
  }
}

const textOf = (ids: number[]) => ids.map(id => (id < 4 ? '' : TOKENS[id])).join('');

describe('a model of a folder', () => {
  test('answers each prompt after its first token, in text', async () => {
    const found = await answers(['hello', 'x', 'why?'], { maxTokens: 8 });
    for (const [index, prompt] of ['hello', 'x', 'why?'].entries()) {
      const ids = await tokensAfter([0, ...idsOf(prompt)], 8);
      expect(found[index]).toEqual({
        promptId: `${index}`,
        model: 'tiny',
        text: textOf(ids),
        tokens: ids.length,
        finish: ids.length === 8 ? 'length' : 'stop',
        evidence: 'live',
        latency: expect.any(Number),
        // Two are read side by side, and then the third.
        batch: index < 2 ? 2 : 1,
      });
    }
    expect(found.some(({ text }) => (text ?? '').length > 2)).toBe(true);
  });

  test('reports the time of the batch up to an answer, without that of its reader', async () => {
    const prompts = ['hello', 'x'].map(text => ({ id: text, text }));
    const latencies: number[] = [];
    let read = 0;
    const start = performance.now();
    for await (const { latency = 0 } of model.generate(prompts, { maxTokens: 8 })) {
      latencies.push(latency);
      const begun = performance.now();
      await new Promise(later => setTimeout(later, 60));
      read += performance.now() - begun;
    }
    const [first = 0, last = 0] = latencies;
    expect(first).toBeGreaterThan(0);
    expect(last).toBeGreaterThanOrEqual(first);
    expect(last).toBeLessThanOrEqual((performance.now() - start - read) / 1000 + 0.001);
  });

  test('wraps prompts in its chat template, its first token not doubled', async () => {
    expect(model.chatText('hi')).toBe('<s><user>hi<bot>');
    const before = [{ role: 'user' as const, content: 'first' }];
    expect(model.chatText('hi', before)).toBe('<s><user>first<bot>');
    const [found] = await answers(['hi'], { maxTokens: 8, chat: true });
    expect(found?.text).toBe(textOf(await tokensAfter([0, 2, ...idsOf('hi'), 3], 8)));
  });

  test('ends an answer before a stop text', async () => {
    const [whole] = await answers(['hello'], { maxTokens: 8 });
    const text = whole?.text ?? '';
    const stop = text.slice(2, 4);
    expect(stop).toHaveLength(2);
    const [cut] = await answers(['hello'], { maxTokens: 8, stop: ['@', stop] });
    expect(cut).toMatchObject({ text: text.slice(0, text.indexOf(stop)), finish: 'stop' });
  });

  test('says which prompt it cannot answer, and answers the others', async () => {
    const [long, good] = await answers(['x'.repeat(30), 'x'], { maxTokens: 2 });
    expect(long).toMatchObject({
      text: null,
      finish: 'error',
      error: {
        kind: 'rejected',
        message: 'Cannot answer a prompt of 31 tokens: 1 to 23 are required in a context of 24',
      },
    });
    expect(good?.tokens).toBe(2);
  });

  test('scores continuations, a token that spans the border among them', async () => {
    const found = await model.score('xa', ['y', 'b', '']);
    const bare = await loadModel(GOLDEN);
    const [first, joined] = await scoreTokens(bare, [
      { ids: [0, ...idsOf('xay')], from: 3 },
      { ids: [0, ...idsOf('x'), TOKENS.indexOf('ab')], from: 2 },
    ]);
    tf.dispose(bare.weights);
    expect(found[0]).toBeCloseTo(first ?? 0, 5);
    expect(found[1]).toBeCloseTo(joined ?? 0, 5);
    expect(found[2]).toBe(0);
  });

  test('scores continuations of many prompts, as each alone, and says which are greedy', async () => {
    const [greedy] = await answers(['hello'], { maxTokens: 2 });
    const items = [
      { id: 'short', prompt: 'x', continuation: 'yz' },
      { id: 'greedy', prompt: 'hello', continuation: greedy?.text ?? '' },
      { id: 'spans', prompt: 'xa', continuation: 'b' },
      { id: 'other', prompt: 'hello', continuation: 'qqq' },
      { id: 'long', prompt: 'x'.repeat(20), continuation: 'yyyy' },
    ];
    const steps: number[] = [];
    const found = [];
    for await (const row of model.scoreEach(items, { onProgress: ({ done }) => steps.push(done) }))
      found.push(row);
    expect(steps).toEqual([0, 1, 2, 3, 4, 5]);
    const alone = new Map<string, number>();
    for (const { id, prompt, continuation } of items.slice(0, 4))
      alone.set(id, (await model.score(prompt, [continuation]))[0] ?? 0);
    // What can be scored is one batch.
    const reported = { latency: expect.any(Number), batch: 4 };
    const row = (id: string) => ({ id, logprob: expect.closeTo(alone.get(id) ?? 0, 5), ...reported });
    expect(found).toEqual([
      {
        id: 'long',
        logprob: null,
        error: 'Cannot score 25 tokens: at most 24 are allowed, the model’s context',
      },
      { ...row('greedy'), tokens: 2, greedy: true },
      { ...row('other'), tokens: 3, greedy: false },
      { ...row('short'), tokens: 2, greedy: false },
      { ...row('spans'), tokens: 1, greedy: false },
    ]);
  });

  test('refuses options that are out of range', async () => {
    await expect(answers(['x'], { topP: 0 })).rejects.toThrow('topP');
    await expect(localModel(folder, { concurrency: 0 })).rejects.toThrow('concurrency must be an integer');
  });
});

describe('SmolLM2', async () => {
  const path = await smollm2();
  onBackend('tensorflow');

  test('answers from its GGUF file as llama.cpp does', withSmollm2(path), async () => {
    const questions = ['Name three colours.', 'Who wrote Hamlet?'].map((text, id) => ({ id: `${id}`, text }));
    const reported = async (model: LanguageModel) => {
      const found: (string | null)[] = [];
      for await (const { promptId, text } of model.generate(questions, { maxTokens: 4, chat: true }))
        found[Number(promptId)] = text;
      return found;
    };
    const ours = await localModel(path ?? '');
    const theirs = await ggufModel(path ?? '');
    expect(ours.chatText('Hi')).toBe(theirs.chatText('Hi'));
    expect(await reported(ours)).toEqual(await reported(theirs));
    ours.dispose();
    await theirs.dispose();
  });
});
