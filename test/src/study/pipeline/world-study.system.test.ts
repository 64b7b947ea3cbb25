import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureTensorflow } from '../../../../src/compute/index.ts';
import { packageRoot } from '../../../../src/files/index.ts';
import type { StudyRow } from '../../../../src/schema.ts';
import { openStudy, planStudy } from '../../../../src/study/index.ts';
import { startCommand } from '../../../fixtures/command-line.ts';

let folder = '';
beforeAll(async () => {
  await ensureTensorflow();
  folder = await mkdtemp(join(tmpdir(), 'study-'));
});
afterAll(() => rm(folder, { recursive: true }));

const TINY = ['--scale', 'tiny', '--seeds', '1'];
/** Runs a command with this machine's cache, which holds TensorFlow. */
const study = (...parameters: string[]) =>
  startCommand(folder, ['study', ...parameters], {
    IMITATION_LAB_CACHE: process.env.IMITATION_LAB_CACHE ?? '',
  }).ended;
/** Returns whether a row is a model's. */
const isOf = (row: StudyRow, { model, size, budget }: Pick<StudyRow, 'model' | 'size' | 'budget'>) =>
  row.model === model && row.size === size && row.budget === budget;

test('a plan of the tiny scale has 29 runs a seed, each after its inputs', async () => {
  const { runs: plan } = await planStudy({ scale: 'tiny', seeds: [1, 2] });
  const stages = plan.map(({ stage }) => stage);
  const count = (stage: string) => stages.filter(name => name === stage).length;
  expect(['world', 'pretrain', 'finetune', 'answers', 'measure'].map(count)).toEqual([2, 4, 12, 20, 20]);
  expect(new Set(plan.map(({ id }) => id)).size).toBe(58);
  await expect(planStudy({ scale: 'tiny', seeds: [] })).rejects.toThrow(
    'Cannot plan a study: a seed is required, got none',
  );
  const { out } = await study('plan', '--scale', 'tiny', '--seeds', '7,8');
  expect(out.split('\n').filter(line => line.includes('broad 5000 on 3136'))).toHaveLength(6);
  expect(out).toContain('world tiny, seed 8');
});

test('seeds that are none are refused', async () => {
  const refused = await study('plan', '--scale', 'tiny', '--seeds', '3-1');
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain('--seeds must be seeds such as 7,8 or 101-103, at most 1000, got "3-1"');
});

test('the tiny study does every stage, writes a row for each value, and its completed runs are kept', {
  timeout: 300_000,
}, async () => {
  const first = await study('run', ...TINY, '--out', 'tiny', '--json');
  expect(first.err).toBe('');
  expect(first.code).toBe(0);
  const place = join(folder, 'tiny');
  const text = await readFile(join(place, 'rows.jsonl'), 'utf8');
  const manifest = await readFile(join(place, 'manifest.json'), 'utf8');
  const opened = await openStudy(place, { say: () => {} });
  const { rows } = opened;
  expect(opened).toMatchObject({ kind: 'run', manifest: { scale: 'tiny', seeds: [1] } });
  const models = new Set(rows.map(({ model, size, budget, seed }) => `${model} ${size} ${budget} ${seed}`));
  expect([...models]).toEqual([
    'teacher null null 1',
    'teacher-again null null 1',
    'base 3136 null 1',
    'broad 3136 5000 1',
    'base 12448 null 1',
    'broad 12448 2000 1',
    'broad 12448 5000 1',
    'mix 12448 5000 1',
    'facts 12448 300 1',
    'summaries 12448 1000 1',
  ]);
  const measures = rows.filter(({ model }) => model === 'broad').map(({ measure }) => measure);
  expect(new Set(measures)).toEqual(
    new Set(rows.filter(({ model }) => model === 'base').map(({ measure }) => measure)),
  );
  expect(measures).toEqual(
    expect.arrayContaining([
      ...['adherence.adheres', 'style.list', 'truth.correct', 'refusals.refused', 'loss.held-out'],
      ...['facts.exact-match', 'facts.exact-match.chat', 'facts.exact-match.chat-few-shot'],
      ...['programs.pass', 'programs.pass.chat', 'toxicity.non-toxic', 'toxicity.non-toxic.raw'],
    ]),
  );
  for (const row of rows) {
    if (row.value === null) expect(row.reason, row.measure).toMatch(/./);
    else expect(row.n, row.measure).toBeGreaterThan(0);
  }
  // The teacher's own answers, beside themselves, and its knowledge.
  const ofTeacher = (measure: string) =>
    rows.find(row => row.model === 'teacher' && row.measure === measure)?.value;
  const ofAbilities = [
    'style.unigram',
    'facts.exact-match',
    'truth.correct',
    'programs.pass',
    'adherence.adheres',
  ];
  expect(ofAbilities.map(ofTeacher)).toEqual([100, 1, 1, 1, 1]);

  const share = (of: readonly { correct: boolean | null }[]) =>
    of.filter(({ correct }) => correct).length / of.length;
  const { answers, facts } = opened;
  for (const row of rows.filter(({ measure }) => measure === 'facts.exact-match')) {
    const own = facts.filter(({ model, size, budget }) => isOf(row, { model, size, budget }));
    expect([share(own), own.length], row.model).toEqual([row.value, row.n]);
    expect(own.every(({ confidence }) => (confidence === null) === (row.size === null))).toBe(true);
  }
  for (const row of rows.filter(({ measure }) => measure === 'adherence.adheres')) {
    const own = answers.filter(({ model, size, budget }) => isOf(row, { model, size, budget }));
    const adhering = own.filter(({ adherence }) => adherence?.adheres);
    expect([adhering.length / own.length, own.length], row.model).toEqual([row.value, row.n]);
    expect(new Set(own.map(({ promptFormat }) => promptFormat))).toEqual(
      new Set([row.model === 'base' ? 'raw' : 'chat']),
    );
  }
  for (const row of rows.filter(({ measure }) => measure === 'truth.correct')) {
    const labels = answers
      .filter(({ model, size, budget }) => isOf(row, { model, size, budget }))
      .flatMap(({ labels }) => labels.filter(({ label }) => label !== 'ambiguous'))
      .map(({ label }) => ({ correct: label === 'correct' }));
    expect([labels.length > 0 ? share(labels) : null, labels.length], row.model).toEqual([row.value, row.n]);
  }

  const again = await study('run', ...TINY, '--out', 'tiny', '--json');
  expect(JSON.parse(again.out.trim().split('\n').at(-1) ?? '')).toMatchObject({
    existing: 29,
    completed: 0,
  });
  expect(await readFile(join(place, 'rows.jsonl'), 'utf8')).toBe(text);
  expect(await readFile(join(place, 'manifest.json'), 'utf8')).toBe(manifest);
  const fresh = await openStudy(place, { fresh: true, folder: place, say: () => {}, onProgress: () => {} });
  expect(fresh.rows).toEqual(rows);
  const status = await study('status', '--out', 'tiny', '--json');
  expect(JSON.parse(status.out)).toEqual({
    scale: 'tiny',
    seeds: [1],
    finished: [1],
    runs: 29,
    completed: 29,
    failed: [],
    pending: 0,
    process: null,
  });
});

test('the status of a folder is that of the study in it, or of other seeds that are named', async () => {
  const more = await study('status', '--out', 'tiny', '--seeds', '1-2', '--json');
  expect(JSON.parse(more.out)).toMatchObject({
    scale: 'tiny',
    seeds: [1, 2],
    finished: [1],
    runs: 58,
    pending: 29,
  });
  const none = await study('status', '--out', 'nothing');
  expect(none).toMatchObject({ code: 1, out: '' });
  expect(none.err).toContain('Cannot find the study in nothing: plan.json or manifest.json is required');
});

test('the report of the tiny study states why its instrument is invalid, by its schema', async () => {
  const { out, code } = await study('report', '--out', 'tiny', '--json');
  const report: unknown = JSON.parse(out);
  expect(code).toBe(0);
  const schema = JSON.parse(await readFile(join(packageRoot(), 'data', 'study-report.schema.json'), 'utf8'));
  const validate = new Ajv2020().compile(schema);
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  expect(report).toMatchObject({ valid: false });
  const manifest = JSON.parse(await readFile(join(folder, 'tiny', 'manifest.json'), 'utf8'));
  expect(report).toMatchObject({ checks: manifest.checks });
});

test('a part of the study that is re-run has the recorded rows to the bit; one that was tampered with is found', {
  timeout: 300_000,
}, async () => {
  const verify = () => study('verify', '--out', 'tiny', '--work', 'again');
  const first = await verify();
  expect(first).toMatchObject({
    code: 0,
    out: expect.stringMatching(/(\d+) of \1 rows are equal to the bit/),
  });
  const recorded = join(folder, 'tiny', 'rows.jsonl');
  const rows = (await readFile(recorded, 'utf8')).trim().split('\n');
  const tampered = rows.map(line => {
    const row: StudyRow = JSON.parse(line);
    const isIt = row.model === 'teacher-again' && row.measure === 'style.unigram';
    return JSON.stringify(isIt ? { ...row, value: 99 } : row);
  });
  await writeFile(recorded, `${tampered.join('\n')}\n`);
  const second = await verify();
  expect(second.code).toBe(1);
  expect(second.out).toContain('differs: style.unigram of teacher-again: recorded 99, found ');
  expect(second.out.match(/differs/g)).toHaveLength(1);
});
