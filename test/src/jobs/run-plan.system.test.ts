import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readFailures, readRecord, runFolder } from '../../../src/jobs/plan-folder.ts';
import { type JsonObject, type PlannedRun, planRun } from '../../../src/jobs/planned-run.ts';
import { type RunEvent, runPlan } from '../../../src/jobs/run-plan.ts';
import { seededRandom } from '../../../src/stats/index.ts';

const STAGES = new URL('toy-stages.mjs', import.meta.url);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-'));
});
afterEach(() => rm(folder, { recursive: true }));

const toy = (
  stage: string,
  config: JsonObject = {},
  inputs: Readonly<Record<string, PlannedRun>> = {},
  version = 1,
) =>
  planRun({
    stage,
    version,
    label: `${stage} ${Object.values(config).join(' ')}`.trim(),
    config,
    inputs: Object.entries(inputs),
    cost: 1,
  });
const count = (from: number, to: number, more: JsonObject = {}) => toy('count', { from, to, ...more });
const numberOf = (run: PlannedRun) => readFile(join(runFolder(folder, run.id), 'number'), 'utf8');

/** Runs a plan and lists its events except those of progress, as `done count 0 3`. */
async function runHere(plan: readonly PlannedRun[], workers = 2) {
  const events: string[] = [];
  const onEvent = ({ type, run }: RunEvent) => {
    if (type !== 'progress') events.push(`${type} ${run.label}`);
  };
  return { ...(await runPlan(plan, { folder, stages: STAGES, workers, onEvent })), events };
}

describe('a plan', () => {
  test('is run from inputs to what uses them, and completed runs are kept', async () => {
    const [one, two] = [count(0, 3), count(1, 4)];
    const sum = toy('sum', {}, { a: one, b: two });
    const first = await runHere([one, two, sum], 1);
    expect(first).toEqual({
      existing: 0,
      completed: 3,
      failed: [],
      waiting: [],
      events: [
        'started count 0 3',
        'done count 0 3',
        'started count 1 4',
        'done count 1 4',
        'started sum',
        'done sum',
      ],
    });
    expect(await numberOf(sum)).toBe('7');
    expect(await readRecord(folder, sum.id)).toMatchObject({
      stage: 'sum',
      inputs: { a: one.id, b: two.id },
    });
    const more = toy('sum', {}, { a: sum, b: one });
    expect(await runHere([one, two, sum, more])).toMatchObject({
      existing: 3,
      completed: 1,
      events: ['started sum', 'done sum'],
    });
    expect(await numberOf(more)).toBe('10');
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });

  test('is run by several processes side by side', async () => {
    const log = join(folder, 'log');
    await runHere([count(0, 40, { log }), count(100, 140, { log })]);
    const lines = (await readFile(log, 'utf8')).trim().split('\n');
    const first = lines.filter(line => line.length > 0 && Number(line.split(' ')[0]) <= 40);
    expect(new Set(lines.map(line => line.split(' ')[1])).size).toBe(2);
    expect(lines.slice(0, 40)).not.toEqual(first);
  });

  test('refuses a run that is listed before its input, or twice', async () => {
    const one = count(0, 1);
    await expect(runHere([toy('sum', {}, { a: one }), one])).rejects.toThrow(
      `Cannot order the plan: sum must be listed after its input "a", the run ${one.id}`,
    );
    await expect(runHere([one, one])).rejects.toThrow('each run must be listed once, got count 0 1 twice');
  });
});

test('the id of a run follows from what decides its result: not from its label, cost, or the order of names', () => {
  const run = {
    stage: 'count',
    version: 1,
    label: 'a',
    config: { x: 1, y: { p: 2, q: [3] } },
    inputs: [],
    cost: 1,
  };
  const { id } = planRun(run);
  expect(id).toMatch(/^[0-9a-f]{20}$/);
  expect(planRun({ ...run, label: 'b', cost: 9, config: { y: { q: [3], p: 2 }, x: 1 } }).id).toBe(id);
  const others = [
    { ...run, version: 2 },
    { ...run, stage: 'sum' },
    { ...run, config: { x: 1, y: { p: 2, q: [4] } } },
    { ...run, inputs: [['one', count(0, 1)] as const] },
  ];
  expect(new Set([id, ...others.map(other => planRun(other).id)]).size).toBe(5);
});

describe('a run that fails', () => {
  test('leaves no result; what uses it waits, the others are done, and the next call tries again', async () => {
    const unless = join(folder, 'mended');
    const [bad, good] = [toy('fail', { unless }), count(0, 2)];
    const [needs, free] = [toy('sum', {}, { a: bad, b: good }), toy('sum', {}, { a: good })];
    const plan = [bad, good, needs, free];
    const outcome = await runHere(plan);
    const failure = { id: bad.id, label: bad.label, error: 'Cannot count: the number is missing' };
    expect(outcome).toMatchObject({ completed: 2, failed: [failure], waiting: [needs] });
    expect(await readFailures(folder)).toEqual(new Map([[bad.id, failure]]));
    await expect(access(runFolder(folder, bad.id))).rejects.toThrow('ENOENT');
    await writeFile(unless, '');
    expect(await runHere(plan)).toMatchObject({ existing: 2, completed: 2, failed: [], waiting: [] });
    expect(await readFailures(folder)).toEqual(new Map());
  });

  test('because its process dies is tried once more in another', async () => {
    const [once, always] = [toy('die', { once: true }), toy('die')];
    const { completed, failed } = await runHere([once, always, toy('sum', {}, { a: once })]);
    expect(completed).toBe(2);
    expect(failed).toEqual([
      { id: always.id, label: 'die', error: 'its process ended with SIGKILL; its output: out of memory' },
    ]);
  });

  test.each([
    ['its stage is unknown', toy('multiply'), 'the stage multiply: it must be one of count, sum, fail, die'],
    [
      'it was planned for another version',
      toy('sum', {}, {}, 2),
      'the stage sum: version 2 was planned, got version 1',
    ],
    [
      'a value of its config is wrong',
      toy('count', { from: 0, to: '3' }),
      'the stage count: config.to must be a number, got "3"',
    ],
    [
      'a key of its config is unknown',
      toy('fail', { unles: 'x' }),
      'the stage fail: config has the unknown key "unles", known are unless',
    ],
  ])('since %s is reported with the reason', async (_, run, reason) => {
    const { failed } = await runHere([run]);
    expect(failed).toMatchObject([{ error: `Cannot run ${reason}` }]);
  });
});

describe('a runner in a process of its own', () => {
  const start = (plan: readonly PlannedRun[], options: { detached?: boolean } = {}) => {
    const script = join(import.meta.dirname, 'toy-plan.mjs');
    return spawn(process.execPath, [script, folder, JSON.stringify(plan)], options);
  };
  const endOf = async (child: ChildProcess) => {
    let [out, err] = ['', ''];
    child.stdout?.on('data', text => {
      out += text;
    });
    child.stderr?.on('data', text => {
      err += text;
    });
    const [code, signal] = await once(child, 'close');
    return { code, signal, out, err };
  };
  const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';
  /** After so many lines of progress. */
  const when = async (child: ChildProcess, lines: number) => {
    let seen = 0;
    if (!child.stdout) throw new Error('no output to wait for');
    for await (const line of createInterface(child.stdout)) {
      if (line.startsWith('progress') && ++seen >= lines) return;
    }
  };

  test('killed at five random moments, ends in the results of one that was not, and resumes its counting', async () => {
    const log = join(folder, 'log');
    const leaves = [0, 100, 200].map(from => count(from, from + 60, { log }));
    const sum = toy('sum', {}, Object.fromEntries(leaves.map((leaf, at) => ['abc'.charAt(at), leaf])));
    const plan = [...leaves, sum];
    const { integer } = seededRandom('five moments');
    for (let kill = 0; kill < 5; kill++) {
      const child = start(plan);
      await when(child, 1 + integer(30));
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    const { code, out, err } = await endOf(start(plan));
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(lastLine(out))).toMatchObject({ failed: [], waiting: [] });
    expect(await numberOf(sum)).toBe(String(60 + 160 + 260));
    const counted = (await readFile(log, 'utf8'))
      .trim()
      .split('\n')
      .map(line => Number(line.split(' ')[0]));
    // A number may be counted again where the kill came between its keeping and its logging.
    expect(new Set(counted).size).toBeGreaterThanOrEqual(180 - 10);
    expect(counted.length).toBeLessThanOrEqual(180);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'whose whole group gets %s stops its workers at once',
    async signal => {
      const log = join(folder, 'log');
      const plan = [count(0, 400, { log }), count(1000, 1400, { log })];
      const child = start(plan, { detached: true });
      await when(child, 5);
      const ended = endOf(child);
      process.kill(-(child.pid ?? 0), signal);
      expect(await ended).toMatchObject({ code: 1, signal: null, err: 'stopped\n' });
      const numbers = async () =>
        (await readFile(log, 'utf8'))
          .trim()
          .split('\n')
          .map(line => Number(line.split(' ')[0]));
      const before = await numbers();
      expect(await runHere(plan)).toMatchObject({ completed: 2 });
      const after = await numbers();
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after.length).toBeLessThanOrEqual(802);
      // Each resumes where it was stopped: at most the number that was kept and not logged is missing.
      for (const from of [0, 1000]) {
        const ofRun = (numbers: readonly number[]) =>
          numbers.filter(number => number > from && number <= from + 400);
        const last = Math.max(from, ...ofRun(before));
        expect(Math.min(...ofRun(after.slice(before.length)))).toBeGreaterThan(last);
      }
    },
  );

  test('a worker of which alone gets SIGTERM resumes its run in another', async () => {
    const log = join(folder, 'log');
    const child = start([count(0, 200, { log })]);
    await when(child, 5);
    const [, worker] = (await readFile(log, 'utf8')).split(/\s+/);
    process.kill(Number(worker), 'SIGTERM');
    const { code, out } = await endOf(child);
    expect([code, JSON.parse(lastLine(out))]).toMatchObject([0, { completed: 1, failed: [] }]);
    const lines = (await readFile(log, 'utf8')).trim().split('\n');
    expect(lines.length).toBeLessThanOrEqual(201);
    expect(new Set(lines.map(line => line.split(' ')[1])).size).toBe(2);
  });

  test('that is interrupted stops its workers, and the next one resumes', async () => {
    const log = join(folder, 'log');
    const plan = [count(0, 400, { log })];
    const child = start(plan);
    await when(child, 5);
    const ended = endOf(child);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 1, signal: null, err: 'stopped\n' });
    const before = (await readFile(log, 'utf8')).trim().split('\n').length;
    await setTimeout(100);
    const stopped = (await readFile(log, 'utf8')).trim().split('\n');
    expect(stopped.length).toBe(before);
    const [, worker] = stopped[0]?.split(' ') ?? [];
    expect(() => process.kill(Number(worker), 0)).toThrow('ESRCH');
    await runHere(plan);
    const numbers = (await readFile(log, 'utf8'))
      .trim()
      .split('\n')
      .map(line => Number(line.split(' ')[0]));
    expect(numbers.length).toBeLessThanOrEqual(401);
    expect(numbers.at(-1)).toBe(400);
  });

  test('keeps others out of its folder until it ends', async () => {
    const plan = [count(0, 400)];
    const child = start(plan);
    await when(child, 1);
    await expect(runHere(plan)).rejects.toThrow(
      new RegExp(
        `^Cannot write ${folder}: process ${child.pid} on .* \\(plan\\) has its lease until .*Z, and renews it`,
      ),
    );
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await runHere([count(0, 3)])).toMatchObject({ completed: 1 });
  });
});
