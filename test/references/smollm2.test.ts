import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import type { Token } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { llamaCpp } from '../../src/chat/llama-cpp.ts';
import { ensureTensorflow, resolveBackend } from '../../src/compute/index.ts';
import {
  convertModel,
  generateTokens,
  type LocalModel,
  localModel,
  tokenLikelihoods,
} from '../../src/generate/index.ts';
import { openSafetensors } from '../../src/model/index.ts';
import { smollm2 } from '../fixtures/smollm2.ts';
import { texts } from '../src/tokenize/texts.ts';
import { writeDequantised } from './dequantised-gguf.ts';
import { runPython } from './run-python.ts';

const PROMPTS = [
  'Who wrote Hamlet?',
  'Name three colours.',
  'What is the capital of France?',
  'Explain photosynthesis in one sentence.',
  'Write a haiku about the sea.',
  'What is 12 times 12?',
  'Translate "good morning" into Spanish.',
  'List the planets of the solar system.',
  'Why is the sky blue?',
  'Give me a recipe for pancakes.',
];

/** Tokens of each answer. */
const ANSWER = 32;

/**
 * Gap between two tokens' log-probabilities, in nats, up to which either may come first: llama.cpp rounds what it
 * multiplies to 8 bits, which moved gaps by up to 0.64; by another way of summing up, it contradicts itself by 0.2.
 */
const ROUNDED = 0.75;

/** The same where llama.cpp computes in float32, as we do: no gap was seen to matter. */
const TIE = 0.02;

const path = (await smollm2()) ?? expect.fail('SmolLM2 is out of reach');
let folder = '';
let ours: LocalModel;

beforeAll(async () => {
  await ensureTensorflow();
  await resolveBackend({ prefer: 'tensorflow' });
  folder = await mkdtemp(join(tmpdir(), 'smollm2-'));
  await convertModel(path, join(folder, 'f32'));
  await convertModel(join(folder, 'f32'), join(folder, 'bf16'), { type: 'BF16', maxShardBytes: 1e8 });
  ours = await localModel(path);
});
afterAll(async () => {
  ours.dispose();
  await rm(folder, { recursive: true });
});

const prompts = () => PROMPTS.map(prompt => ours.encode(ours.chatText(prompt)));

async function ourAnswers(): Promise<number[][]> {
  const answers: number[][] = [];
  const options = { maxTokens: ANSWER, stopTokens: ours.vocabulary.ends };
  for await (const { prompt, ids } of generateTokens(ours.model, prompts(), options)) answers[prompt] = ids;
  return answers;
}

/** By how much one token is likelier than another after a text, by our model. */
async function ourMargin(before: number[], token: number, other: number): Promise<number> {
  const sequences = [token, other].map(id => ({ ids: [...before, id], from: before.length }));
  const [first, second] = await tokenLikelihoods(ours.model, sequences);
  return (first?.tokens[0]?.logprob ?? Number.NaN) - (second?.tokens[0]?.logprob ?? Number.NaN);
}

/** Where llama.cpp's greedy answer parts from ours, and by how much each of the two prefers its own token there. */
interface Parting {
  prompt: number;
  token: number;
  ours: string;
  theirs: string;
  margins: [ours: number, theirs: number];
}

/** Answers all prompts by llama.cpp, greedily, from a GGUF file. */
async function partingsFrom(modelPath: string): Promise<Parting[]> {
  const { llama } = await llamaCpp();
  const model = await llama.loadModel({ modelPath });
  // The cache of keys and values is in half precision unless another type is set.
  const cache = { experimentalKvCacheKeyType: 'F32', experimentalKvCacheValueType: 'F32' } as const;
  const context = await model.createContext({ contextSize: 512, threads: 1, ...cache });
  const sequence = context.getSequence();
  const answers = await ourAnswers();
  const partings: Parting[] = [];
  for (const [number, prompt] of prompts().entries()) {
    expect(prompt).toEqual(model.tokenize(ours.chatText(PROMPTS[number] ?? ''), true));
    const answer: number[] = [];
    await sequence.clearHistory();
    for await (const token of sequence.evaluate(prompt as Token[], { temperature: 0 })) {
      if (model.isEogToken(token)) break;
      if (answer.push(token) === ANSWER) break;
    }
    const [own = [], end = -1] = [answers[number], ours.vocabulary.ends[0]];
    const at = Array.from({ length: ANSWER }, (_, at) => at).find(at => own[at] !== answer[at]);
    if (at === undefined) continue;
    const before = [...prompt, ...own.slice(0, at)];
    const [mine, theirs] = [own[at] ?? end, answer[at] ?? end];
    await sequence.clearHistory();
    const last = before.at(-1) as Token;
    const [{ next } = { next: undefined }] = (
      await sequence.controlledEvaluate([
        ...(before.slice(0, -1) as Token[]),
        [last, { generateNext: { probabilities: true } }],
      ])
    ).filter(output => output !== undefined);
    const logprob = (id: number) => Math.log(next?.probabilities?.get(id as Token) ?? 0);
    const { tokenText } = ours.vocabulary.tokenizer;
    partings.push({
      prompt: number,
      token: at,
      ours: tokenText(mine),
      theirs: tokenText(theirs),
      margins: [await ourMargin(before, mine, theirs), logprob(theirs) - logprob(mine)],
    });
  }
  await model.dispose();
  return partings;
}

test('llama.cpp gives our greedy answers from the same weights in float32', async () => {
  const file = join(folder, 'f32.gguf');
  await writeDequantised(path, file);
  const partings = await partingsFrom(file);
  await rm(file);
  console.log(partings);
  for (const { margins } of partings)
    for (const margin of margins) expect(Math.abs(margin)).toBeLessThan(TIE);
});

test('llama.cpp parts from them where it rounds to 8 bits what it multiplies with quantised weights', async () => {
  const partings = await partingsFrom(path);
  console.log(partings);
  for (const { margins } of partings) {
    for (const margin of margins) expect(Math.abs(margin)).toBeLessThan(ROUNDED);
    expect(margins[0]).toBeGreaterThanOrEqual(0);
  }
});

describe('the converted folder', () => {
  test('generates in Transformers, greedily, what we generate from the GGUF file', async () => {
    const theirs = await runPython<number[][]>('run-model.py', {
      work: 'greedy',
      folder: join(folder, 'f32'),
      prompts: prompts(),
      tokens: ANSWER,
    });
    expect(await ourAnswers()).toEqual(theirs);
  });

  test('has there the logits of the GGUF file', async () => {
    const ids = prompts().map(prompt => prompt.slice(0, 20));
    const expected = await theirLogProbabilities(dirname(path), ids, basename(path));
    const found = await theirLogProbabilities(join(folder, 'f32'), ids);
    expect(largestDifference(found, expected)).toBeLessThan(1e-5);
  });

  test('made bfloat16, in shards, has in Transformers the log-probabilities that it has here', async () => {
    const ids = prompts().map(prompt => prompt.slice(0, 20));
    const expected = await theirLogProbabilities(join(folder, 'bf16'), ids);
    const model = await localModel(join(folder, 'bf16'));
    const size = model.model.config.vocabSize;
    for (const [row, sequence] of ids.entries()) {
      const [found] = await tokenLikelihoods(model.model, [{ ids: sequence, from: 1 }]);
      for (const [at, { id, logprob }] of found?.tokens.entries() ?? [])
        expect(Math.abs(logprob - (expected[(row * 20 + at) * size + id] ?? 0))).toBeLessThan(1e-3);
    }
    model.dispose();
  });

  test('encodes there 3,000 texts as the GGUF file says, and writes the same conversations', async () => {
    const sample = [...new Set(fc.sample(texts, { seed: 5, numRuns: 4000 }))].slice(0, 3000);
    expect(sample).toHaveLength(3000);
    const conversation = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello!' },
      { role: 'assistant', content: 'Hi.' },
    ] as const;
    const expected = await runPython<{ ids: number[][]; chat: string }>('encode-texts.py', {
      work: 'folder',
      folder: join(folder, 'f32'),
      texts: sample,
      messages: [...conversation, { role: 'user', content: 'Bye' }],
    });
    const differing = sample.filter(
      (text, at) => JSON.stringify(ours.encode(text)) !== JSON.stringify(expected.ids[at]),
    );
    expect(differing.slice(0, 5)).toEqual([]);
    expect(ours.chatText('Bye', conversation)).toBe(expected.chat);
  });
});

async function theirLogProbabilities(
  model: string,
  ids: number[][],
  gguf_file?: string,
): Promise<Float32Array> {
  const out = join(folder, 'out.safetensors');
  const request = { work: 'log-probabilities', folder: model, ids, out, ...(gguf_file ? { gguf_file } : {}) };
  expect(await runPython('run-model.py', request)).toEqual({});
  const file = await openSafetensors(out);
  const values = await file.read('values');
  await file.close();
  return values instanceof Float32Array ? values : expect.fail('no real numbers');
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, at) => Math.max(largest, Math.abs(value - (b[at] as number))), 0);
}
