import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LanguageModel } from '../../../src/chat/index.ts';
import { resolveBackend } from '../../../src/compute/index.ts';
import {
  type Benchmark,
  benchmark,
  type EvaluateOptions,
  evaluate,
  type GenerateRequest,
  type LoglikelihoodRequest,
} from '../../../src/evaluate/index.ts';
import { type LocalModel, localModel } from '../../../src/generate/index.ts';
import { tinyModel } from '../../fixtures/tiny-model.ts';

interface Question {
  id: string;
  question: string;
  reference: string;
}

const ITEMS: readonly Question[] = [
  { id: 'a', question: 'hello', reference: 'x' },
  { id: 'b', question: 'why?', reference: 'y' },
  { id: 'c', question: 'x', reference: 'z' },
];

const root = await mkdtemp(join(tmpdir(), 'evaluate-identity-'));
let tiny = '';
let made = 0;
let scored = 0;

beforeAll(async () => {
  await resolveBackend({ prefer: 'cpu' });
  tiny = await tinyModel();
});
afterAll(async () => {
  await rm(root, { recursive: true });
  await rm(tiny, { recursive: true });
});

/** Everything that decides a run, as a case finds it and changes it. */
interface Setting {
  model: string;
  items: readonly Question[];
  options: Omit<EvaluateOptions, 'folder'>;
  definition: Partial<Benchmark<Question>>;
  folder: string;
}

/** Counts the prompts that a model answers, and the continuations that it scores. */
function counting(model: LocalModel): { counted: LanguageModel; asked: () => number } {
  let asked = 0;
  const counted: LanguageModel = {
    ...model,
    generate(prompts, options) {
      asked += prompts.length;
      return model.generate(prompts, options);
    },
    scoreEach(items, options) {
      asked += items.length;
      return model.scoreEach(items, options);
    },
  };
  return { counted, asked: () => asked };
}

const write = ({ question }: Question): GenerateRequest => ({ prompt: question, maxTokens: 4 });
const choose = ({ question }: Question): LoglikelihoodRequest => ({
  prompt: question,
  continuations: ['x', 'y'],
});

async function run({ model: path, items, options, definition, folder }: Setting) {
  const model = await localModel(path);
  const { counted, asked } = counting(model);
  const before = scored;
  const asks = benchmark<Question>({
    name: 'letters',
    items,
    buildPrompt: write,
    score: ({ reference }, { text }) => {
      scored++;
      return { has: text.includes(reference) ? 1 : 0 };
    },
    ...definition,
  });
  try {
    const { items: rows, metrics } = await evaluate(counted, asks, { folder, ...options });
    return { asked: asked(), scored: scored - before, rows, metrics };
  } finally {
    model.dispose();
  }
}

async function newSetting(): Promise<Setting> {
  const folder = join(root, `${++made}`);
  const model = join(folder, 'model');
  await cp(tiny, model, { recursive: true });
  return { model, items: ITEMS, options: {}, definition: {}, folder: join(folder, 'out') };
}

function change(items: readonly Question[], id: string, changed: Partial<Question>): Question[] {
  return items.map(item => (item.id === id ? { ...item, ...changed } : item));
}

const answers = () => {
  scored++;
  return { answers: 1 };
};
const VERSIONED = { scorer: 'letters 1' };

/** A change between two runs, what the second one asks the model, and what it scores. */
type Case = [
  change: string,
  asked: number,
  scored: number,
  first: Partial<Setting>,
  second: (before: Setting) => Partial<Setting> | Promise<Partial<Setting>>,
];

const CASES: readonly Case[] = [
  ['nothing', 0, 3, {}, () => ({})],
  ['nothing, with a version of the scorer', 0, 0, { definition: VERSIONED }, () => ({})],
  ['a reference', 0, 3, {}, ({ items }) => ({ items: change(items, 'b', { reference: 'why?' }) })],
  [
    'a reference, with a version of the scorer',
    0,
    1,
    { definition: VERSIONED },
    ({ items }) => ({ items: change(items, 'b', { reference: 'why?' }) }),
  ],
  ['the scorer', 0, 3, {}, () => ({ definition: { score: answers } })],
  [
    'the version of the scorer',
    0,
    3,
    { definition: VERSIONED },
    () => ({ definition: { scorer: 'letters 2' } }),
  ],
  ['one prompt', 1, 3, {}, ({ items }) => ({ items: change(items, 'b', { question: 'when?' }) })],
  [
    'the shots, which stand in every prompt',
    3,
    3,
    {},
    () => ({
      definition: { shots: 1, buildPrompt: item => ({ ...write(item), prompt: `a b ${item.question}` }) },
    }),
  ],
  [
    'the most tokens',
    3,
    3,
    {},
    () => ({ definition: { buildPrompt: item => ({ ...write(item), maxTokens: 5 }) } }),
  ],
  [
    'the stop texts',
    3,
    3,
    {},
    () => ({ definition: { buildPrompt: item => ({ ...write(item), stop: ['q'] }) } }),
  ],
  ['the temperature', 3, 3, {}, () => ({ options: { temperature: 1 } })],
  ['the seed', 3, 3, {}, () => ({ options: { seed: 1 } })],
  ['the prompt format', 3, 3, {}, () => ({ options: { promptFormat: 'chat' } })],
  ['the limit, to a larger one', 2, 3, { options: { limit: 1 } }, () => ({ options: {} })],
  ['the limit, to a smaller one', 0, 1, {}, () => ({ options: { limit: 1 } })],
  ['the order of items', 0, 3, {}, ({ items }) => ({ items: items.toReversed() })],
  ['the name of the benchmark', 0, 3, {}, () => ({ definition: { name: 'signs' } })],
  [
    'the path of the same weights',
    0,
    3,
    {},
    async ({ model, folder }) => {
      await cp(model, join(folder, '../moved'), { recursive: true });
      return { model: join(folder, '../moved') };
    },
  ],
  [
    'one bit of the weights',
    3,
    3,
    {},
    async ({ model }) => {
      const path = join(model, 'model.safetensors');
      const bytes = await readFile(path);
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      await writeFile(path, bytes);
      return {};
    },
  ],
  [
    'the continuations',
    6,
    3,
    { definition: { buildPrompt: choose, score: answers } },
    () => ({
      definition: { score: answers, buildPrompt: item => ({ ...choose(item), continuations: ['x', 'z'] }) },
    }),
  ],
  [
    'the reference of continuations',
    0,
    3,
    { definition: { buildPrompt: choose, score: answers } },
    ({ items, definition }) => ({ definition, items: change(items, 'a', { reference: 'y' }) }),
  ],
];

describe('evaluate(), after a change of', () => {
  test.each(CASES)('%s, asks for %i outputs and scores %i', async (_, asked, rescored, first, second) => {
    const before = { ...(await newSetting()), ...first };
    await run(before);
    const changed = await second(before);
    const definition = { ...before.definition, ...changed.definition };
    const found = await run({ ...before, ...changed, definition });
    expect([found.asked, found.scored]).toEqual([asked, rescored]);
    // As though nothing had been kept.
    const fresh = await run({ ...before, ...changed, definition, folder: join(root, `fresh-${++made}`) });
    expect(found.metrics).toEqual(fresh.metrics);
    expect(found.rows.map(({ id, text, logprobs }) => [id, text, logprobs])).toEqual(
      fresh.rows.map(({ id, text, logprobs }) => [id, text, logprobs]),
    );
  });

  test('settings, and back, asks nothing', async () => {
    const setting = await newSetting();
    const first = await run(setting);
    await run({ ...setting, options: { temperature: 1 } });
    const again = await run(setting);
    expect(again.asked).toBe(0);
    expect(again.rows).toEqual(first.rows);
  });
});
