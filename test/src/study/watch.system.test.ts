import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileAtomic } from '../../../src/files/index.ts';
import { acquireLease, folderLease, type Lease } from '../../../src/runs/index.ts';
import { PLOTLY_MIME, type TrainingRow, type TrainingState } from '../../../src/schema.ts';
import { watchRun } from '../../../src/study/index.ts';

const PUBLISH = Symbol.for('Jupyter.publish');
const DISPLAY = Symbol.for('Jupyter.display');

let folder = '';
let lease: Lease;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-'));
  lease = await acquireLease(folderLease(folder), { task: 'fine-tune' });
});
afterEach(async () => {
  await lease.release();
  Reflect.deleteProperty(globalThis, PUBLISH);
  await rm(folder, { recursive: true });
});

const row = (step: number, more: Partial<TrainingRow> = {}): TrainingRow => ({
  step,
  epoch: 1,
  tokens: 100 * step,
  lossTokens: 80,
  loss: 3 / step,
  learningRate: 0.1,
  gradNorm: 1,
  tokensPerSecond: 50,
  memory: 1e9,
  ...more,
});
const metrics = () => join(folder, 'metrics.jsonl');
const add = (...rows: TrainingRow[]) =>
  appendFile(metrics(), rows.map(one => `${JSON.stringify(one)}\n`).join(''));
const state = (change: Partial<TrainingState> = {}) => {
  const run = { version: 1, task: 'fine-tune', status: 'running', steps: 4, tokens: 400 };
  return writeFileAtomic(join(folder, 'run.json'), JSON.stringify({ ...run, ...change }));
};

test('a run is given again whenever rows are added, until it has finished; half a row is not read', async () => {
  await state();
  await add(row(1));
  const second = JSON.stringify(row(2));
  const next: (() => Promise<void>)[] = [
    async () => {
      await appendFile(metrics(), second.slice(0, 20));
      await state({ best: { step: 1, loss: 3 } });
    },
    () => appendFile(metrics(), `${second.slice(20)}\n`),
    // Taken up again from its first step, as after a kill.
    () => writeFile(metrics(), `${JSON.stringify(row(1))}\n`),
    async () => {
      await add(row(2), row(3), row(4));
      await state({ status: 'finished', ended: 'steps' });
    },
  ];
  const seen: [string, number[]][] = [];
  for await (const { status, rows } of watchRun(folder, { every: 5 })) {
    seen.push([status, rows.map(({ step }) => step)]);
    await next.shift()?.();
  }
  expect(seen).toEqual([
    ['running', [1]],
    ['running', [1]],
    ['running', [1, 2]],
    ['running', [1]],
    ['finished', [1, 2, 3, 4]],
  ]);
});

test('a run whose process was killed is distinguished from one that runs, and given up after the wait', async () => {
  await lease.release();
  await state();
  await add(row(1));
  const seen = [];
  for await (const { status } of watchRun(folder, { every: 5, wait: 20 })) seen.push(status);
  expect(seen).toEqual(['killed']);
});

test('a folder without a run is refused after the wait', async () => {
  const first = watchRun(folder, { every: 5, wait: 10 })[Symbol.asyncIterator]().next();
  await expect(first).rejects.toThrow(
    `Cannot follow a run in ${folder}: a run must have started there, found no run.json`,
  );
});

test('to stop watching does not take the wait', async () => {
  await state();
  const interrupt = new AbortController();
  const shown = watchRun(folder, { every: 60_000, signal: interrupt.signal }).show();
  setTimeout(() => interrupt.abort(), 20);
  await expect(shown).rejects.toMatchObject({ name: 'AbortError' });
});

test('in a notebook it draws one figure, and draws it again in its place', async () => {
  await state();
  await add(row(1), row(2, { evalLoss: 2.5, evalTokens: 60 }));
  const published: { output_type: string; data: Record<string, unknown>; transient: object }[] = [];
  Reflect.set(globalThis, PUBLISH, (output: (typeof published)[number]) => {
    published.push(output);
    if (published.length > 1) return;
    void add(row(3), row(4)).then(() => state({ status: 'finished', best: { step: 2, loss: 2.5 } }));
  });
  await watchRun(folder, { every: 20 }).show();
  const [first, last] = [published[0], published.at(-1)];
  expect(first?.output_type).toBe('display_data');
  expect(new Set(published.slice(1).map(({ output_type }) => output_type))).toEqual(
    new Set(['update_display_data']),
  );
  expect(last?.transient).toEqual(first?.transient);
  expect(first?.data['text/plain']).toBe(
    'fine-tune: 200 of 400 tokens, 50 tokens/s, step 2 of 4, train loss 1.500, 4 s left',
  );
  expect(last?.data['text/plain']).toBe(
    'fine-tune: finished, step 4 of 4, train loss 0.750, best eval loss 2.500 at step 2',
  );
  expect(last?.data[PLOTLY_MIME]).toMatchObject({
    data: [
      { name: 'training', x: [1, 2, 3, 4], y: [3, 1.5, 1, 0.75] },
      { name: 'eval', x: [2], y: [2.5], customdata: [60] },
    ],
    layout: { title: { text: last?.data['text/plain'] }, xaxis: { range: [0, 4] } },
  });
});

test('as the last value of a cell it shows the run’s current state', async () => {
  await state({ status: 'interrupted' });
  await add(row(1));
  const shown = await Reflect.get(watchRun(folder), DISPLAY)();
  expect(shown['text/plain']).toBe('fine-tune: interrupted, step 1 of 4, train loss 3.000');
});
