import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureTensorflow, resolveBackend } from '../../../../src/compute/index.ts';
import { loadPaperData } from '../../../../src/data/index.ts';
import { figure1, figure4, liveTable2Rows, table1 } from '../../../../src/figure/index.ts';
import type { LlamaConfig } from '../../../../src/model/index.ts';
import type { StudyAnswer, StudyRow } from '../../../../src/schema.ts';
import { PAPER_SHAPES } from '../../../../src/study/config/paper-shapes.ts';
import { writeTinyCheckpoint } from '../../../../src/study/dry-run/tiny-checkpoint.ts';
import type { DryRun } from '../../../../src/study/index.ts';
import { startCommand } from '../../../fixtures/command-line.ts';
import { recordsReachable } from '../../../fixtures/public-records.ts';

let folder = '';
const study = (...parameters: string[]) =>
  startCommand(folder, ['study', ...parameters], {
    IMITATION_LAB_CACHE: process.env.IMITATION_LAB_CACHE ?? '',
  }).ended;
const linesOf = <Line>(text: string): Line[] =>
  text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
const write = async (name: string, value: object) =>
  writeFile(
    join(folder, name),
    Array.isArray(value) ? value.map(row => `${JSON.stringify(row)}\n`).join('') : JSON.stringify(value),
  );

const THINGS = ['a lamp', 'a boat', 'a wall', 'a song', 'a map', 'a clock'];
const dialogues = THINGS.map((thing, id) => ({
  id: `d${id}`,
  messages: [
    { role: 'user', content: `Say what ${thing} is good for, and why.` },
    {
      role: 'assistant',
      content: `Here is what ${thing} does:\n\n1. It helps.\n2. It lasts.\n\nOverall, it is good.`,
    },
  ],
}));
const prompts = [
  { id: 'p1', prompt: 'Which birds fly at night?' },
  { id: 'p2', prompt: 'How deep are lakes?' },
];
/** LLaMA with two query heads for each head of keys, and angles stretched as in LLaMA 3.1. */
const grouped: LlamaConfig = {
  ...PAPER_SHAPES['llama-7b'],
  heads: 8,
  kvHeads: 4,
  rope: {
    theta: 10_000,
    scaling: { type: 'llama3', factor: 8, lowFreqFactor: 1, highFreqFactor: 4, originalMaxPositions: 2048 },
  },
};
/** A few items of some benchmarks, where their records are available. */
const benchmarks = {
  mmlu: 0,
  nq: 0,
  gsm8k: 0,
  humaneval: 0,
  'cnn-dm': 0,
  toxicity: 0,
  ...(recordsReachable && { nq: 2 }),
};
const config = {
  $schema: 'study-config.schema.json',
  checkpoints: [
    { name: 'Tiny GPT-2', path: 'gpt2' },
    { name: 'Tiny LLaMA', path: 'llama', everyBudget: true, local: true },
  ],
  data: { broad: ['broad.jsonl'], facts: ['facts.jsonl'] },
  budgets: [120, 'all'],
  training: { learningRate: 1e-3, batchSize: 2, sequenceLength: 64 },
  prompts: { source: 'prompts.jsonl', count: 5 },
  teacher: { model: 'teacher.jsonl', modelName: 'teacher' },
  secondTeacher: { model: 'teacher.jsonl', modelName: 'again' },
  // What a judge is asked is a public record.
  ...(recordsReachable && { judge: { model: 'llama', maxTokens: 8 } }),
  benchmarks,
  maxTokens: 8,
  concurrency: 2,
  device: { memory: 80, teraflops: 100, bandwidth: 1000, pricePerHour: 2 },
};

beforeAll(async () => {
  await ensureTensorflow();
  await resolveBackend();
  folder = await mkdtemp(join(tmpdir(), 'full-study-'));
  await mkdir(join(folder, 'given'));
  const texts = [...dialogues.flatMap(({ messages }) => messages.map(({ content }) => content))];
  for (const [name, shape] of Object.entries({ gpt2: PAPER_SHAPES['gpt2-xl'], llama: grouped }))
    await writeTinyCheckpoint(join(folder, 'given', name), shape, { tokenizer: undefined, texts });
  await write('given/broad.jsonl', dialogues);
  await write('given/facts.jsonl', dialogues.slice(0, 2));
  await write('given/prompts.jsonl', prompts);
  await write(
    'given/teacher.jsonl',
    prompts.flatMap(({ id, prompt }) =>
      ['teacher', 'again'].map(model => ({
        id,
        prompt,
        model,
        text: `1. Some.\n2. Few.\n\nOverall, ${id}.`,
      })),
    ),
  );
  await write('given/study.json', config);
});
afterAll(() => rm(folder, { recursive: true }));

const FULL = ['--scale', 'full', '--config', 'given/study.json', '--seeds', '7-7'];

test('a full study of checkpoints in Hugging Face’s layout leaves rows that the figures draw, and its completed runs are kept', {
  timeout: 300_000,
}, async () => {
  const first = await study('run', ...FULL, '--out', 'full', '--json');
  expect([first.code, first.err]).toEqual([0, '']);
  const place = join(folder, 'full');
  const rows = linesOf<StudyRow>(await readFile(join(place, 'rows.jsonl'), 'utf8'));
  const models = new Set(rows.map(({ model, size, budget, seed }) => `${model} ${size} ${budget} ${seed}`));
  const counted = (model: string) => rows.findLast(row => row.model === model)?.budget;
  expect([...models]).toEqual([
    'teacher null null 7',
    'teacher-again null null 7',
    'base 5536 null 7',
    `broad 5536 ${counted('broad')} 7`,
    'base 24736 null 7',
    'broad 24736 120 7',
    `broad 24736 ${counted('broad')} 7`,
    `facts 24736 ${counted('facts')} 7`,
  ]);
  expect(counted('broad')).toBe(3 * (counted('facts') ?? 0));
  const found = (model: string, measure: string) =>
    rows.find(row => row.model === model && row.measure === measure)?.value;
  expect(found('teacher-again', 'style.unigram')).toBe(100);
  expect(found('base', 'style.list')).toBe(0);
  const measures = new Set(rows.filter(({ model }) => model === 'broad').map(({ measure }) => measure));
  expect([...measures]).toEqual([
    ...['list', 'no-list', 'list-difference', 'summary', 'no-summary', 'summary-difference'].map(
      name => `style.${name}`,
    ),
    'style.unigram',
    'style.length',
    ...(recordsReachable
      ? [
          ...['wins', 'ties', 'losses', 'equal-or-better'].map(name => `preference.judge.${name}`),
          'facts.exact-match',
        ]
      : []),
  ]);
  // A tiny random judge writes no scores: that is said, and no preference is made of it.
  if (recordsReachable) {
    const judged = rows.find(({ measure }) => measure === 'preference.judge.equal-or-better');
    expect(judged).toMatchObject({
      value: null,
      n: 0,
      unscored: 2,
      reason: expect.stringContaining('scores'),
    });
  }
  for (const row of rows) if (row.value === null) expect(row.reason, row.measure).toMatch(/./);

  const answers = linesOf<StudyAnswer>(await readFile(join(place, 'answers.jsonl'), 'utf8'));
  expect(answers).toHaveLength(2 * models.size);
  expect(answers[0]).toMatchObject({ promptId: 'p1', model: 'teacher', prompt: 'Which birds fly at night?' });
  for (const { text } of answers) expect(text).not.toBe(null);
  const trained = await readdir(join(place, 'runs'), { recursive: true });
  expect(trained.filter(name => name.endsWith('model.safetensors'))).toHaveLength(4);

  const drawn = figure1(rows).data.map(({ name }) => name);
  expect(drawn).toEqual(expect.arrayContaining(recordsReachable ? ['Judge model', 'Broad imitation'] : []));
  if (recordsReachable) expect(figure4(rows).rows.length).toBeGreaterThan(0);
  expect(liveTable2Rows(rows).map(({ model }) => model)).toContain('Teacher #2');
  expect(table1(await loadPaperData('table1'), rows).rows.some(({ evidence }) => evidence === 'live')).toBe(
    recordsReachable,
  );

  const again = await study('run', ...FULL, '--out', 'full', '--json');
  expect(linesOf(again.out).at(-1)).toMatchObject({ completed: 0, failed: [], waiting: [] });
  const status = await study('status', ...FULL, '--out', 'full', '--json');
  expect(JSON.parse(status.out)).toMatchObject({ failed: [], pending: 0 });
});

test('missing files end a run before it starts, and are planned all the same', async () => {
  await write('given/lacking.json', {
    ...config,
    checkpoints: [{ name: 'LLaMA 7B', path: 'none', shape: 'llama-7b' }],
    data: { broad: ['none.jsonl'] },
  });
  const lacking = ['--scale', 'full', '--config', 'given/lacking.json', '--seeds', '7-7'];
  const { code, err } = await study('run', ...lacking, '--out', 'lacking');
  expect(code).toBe(1);
  expect(err).toContain(
    `Cannot run the study: its checkpoints and data are required, missing are LLaMA 7B: no folder ${join(folder, 'given/none')}; broad imitation data: Cannot load`,
  );
  const { out } = await study('plan', ...lacking);
  expect(out).toContain('finetune LLaMA 7B on broad all, seed 7');
  const mini = await study('run', '--scale', 'mini', '--config', 'given/lacking.json', '--out', 'x');
  expect(mini).toMatchObject({
    code: 2,
    err: expect.stringContaining('--config requires --scale full, got mini'),
  });
});

test('a dry run says what is there and missing, estimates every run, and rehearses each stage on two examples', {
  timeout: 120_000,
}, async () => {
  await write('given/dry.json', {
    ...config,
    checkpoints: [
      { name: 'Tiny LLaMA', path: 'llama' },
      { name: 'GPT-2 1.5B', path: 'gpt2-xl', shape: 'gpt2-xl' },
      { name: 'Unknown', path: 'unknown' },
    ],
    judge: undefined,
    secondTeacher: undefined,
    training: { ...config.training, lora: { rank: 8, alpha: 16 } },
  });
  const flags = ['--scale', 'full', '--config', 'given/dry.json', '--seeds', '1', '--dry-run'];
  const { code, out, err } = await study('run', ...flags, '--json');
  expect([code, err]).toEqual([1, '']);
  const { checks, runs, total, rehearsal } = linesOf<DryRun>(out).at(-1) as DryRun;
  const check = (name: string) => checks.find(({ what }) => what === name);
  expect(check('Tiny LLaMA')).toMatchObject({ state: 'ok' });
  expect(check('Unknown')).toMatchObject({
    state: 'missing',
    found: `no folder ${join(folder, 'given/unknown')}`,
    required: expect.stringContaining('config.json, tokenizer.json and weights'),
  });
  expect(check('broad imitation data')).toMatchObject({
    state: 'ok',
    found: expect.stringMatching(/^6 dialogues, about \d+ tokens$/),
  });
  expect(check('teacher')).toMatchObject({ state: 'ok', found: '2 of 2' });
  expect(check('memory to train GPT-2 1.5B')).toMatchObject({ state: 'ok', found: '80 GB' });
  expect(runs.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['GPT-2 1.5B on broad all, seed 1', 'style of GPT-2 1.5B']),
  );
  for (const { cost, hours } of runs) expect(cost).toBeCloseTo(2 * (hours ?? Number.NaN), 9);
  expect(total).toMatchObject({ runs: runs.length, unknown: 0 });

  expect(rehearsal).toMatchObject({
    failed: [],
    architectures: ['Tiny LLaMA', 'GPT-2 1.5B'],
    madeUp: [],
    leftOut: [],
  });
  const rows = linesOf<StudyRow>(await readFile(join(rehearsal.folder, 'rows.jsonl'), 'utf8'));
  expect(rows).toHaveLength(rehearsal.rows);
  expect(new Set(rows.map(({ model }) => model))).toEqual(new Set(['teacher', 'base', 'broad', 'facts']));
  await rm(rehearsal.folder, { recursive: true });
});
