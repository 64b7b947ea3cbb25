import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PlannedRun, plannedRun } from '../../../src/jobs/planned-run.ts';
import { type RunEvent, runPlan } from '../../../src/jobs/run-plan.ts';
import { readFailures, readRecord, runFolder } from '../../../src/jobs/study-folder.ts';
import { seededRandom } from '../../../src/stats/index.ts';

const STAGES = new URL('toy-stages.mjs', import.meta.url);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'study-'));
});
afterEach(() => rm(folder, { recursive: true }));

const toy = (
  stage: string,
  config: PlannedRun['config'] = {},
  inputs: Readonly<Record<string, PlannedRun>> = {},
) =>
  plannedRun({
    stage,
    version: 1,
    label: `${stage} ${Object.values(config).join(' ')}`.trim(),
    config,
    inputs,
    cost: 1,
  });
const count = (from: number, to: number, more: PlannedRun['config'] = {}) =>
  toy('count', { from, to, ...more });
const numberOf = (run: PlannedRun) => readFile(join(runFolder(folder, run.id), 'number'), 'utf8');

/** Events but for those of progress, as `done count 0 3`. */
async function runHere(plan: readonly PlannedRun[], workers = 2) {
  const events: string[] = [];
  const onEvent = ({ type, run }: RunEvent) => {
    if (type !== 'progress') events.push(`${type} ${run.label}`);
  };
  return { ...(await runPlan(plan, { folder, stages: STAGES, workers, onEvent })), events };
}

describe('a plan', () => {
  test('is run from what is taken to what takes it, and what stands is not made again', async () => {
    const [one, two] = [count(0, 3), count(1, 4)];
    const sum = toy('sum', {}, { one, two });
    const first = await runHere([one, two, sum], 1);
    expect(first).toEqual({
      stood: 0,
      made: 3,
      failed: [],
      waiting: [],
      events: [
        'begun count 0 3',
        'done count 0 3',
        'begun count 1 4',
        'done count 1 4',
        'begun sum',
        'done sum',
      ],
    });
    expect(await numberOf(sum)).toBe('7');
    expect(await readRecord(folder, sum.id)).toMatchObject({
      stage: 'sum',
      inputs: { one: one.id, two: two.id },
    });
    const more = toy('sum', {}, { sum, one });
    expect(await runHere([one, two, sum, more])).toMatchObject({
      stood: 3,
      made: 1,
      events: ['begun sum', 'done sum'],
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

  test('refuses a run that stands before what it takes, or twice', async () => {
    const one = count(0, 1);
    await expect(runHere([toy('sum', {}, { one }), one])).rejects.toThrow(
      `Cannot order the plan: sum takes its one of ${one.id}, which must stand before it`,
    );
    await expect(runHere([one, one])).rejects.toThrow('each run must stand once, found count 0 1 twice');
  });
});

test('a run is known by what decides its result: not by its label, cost, or the order of names', () => {
  const run = { stage: 'count', version: 1, label: 'a', config: { x: 1, y: { p: 2, q: [3] } }, cost: 1 };
  const { id } = plannedRun(run);
  expect(id).toMatch(/^[0-9a-f]{20}$/);
  expect(plannedRun({ ...run, label: 'b', cost: 9, config: { y: { q: [3], p: 2 }, x: 1 } }).id).toBe(id);
  const others = [
    { ...run, version: 2 },
    { ...run, stage: 'sum' },
    { ...run, config: { x: 1, y: { p: 2, q: [4] } } },
    { ...run, inputs: { one: count(0, 1) } },
  ];
  expect(new Set([id, ...others.map(other => plannedRun(other).id)]).size).toBe(5);
});

describe('a run that fails', () => {
  test('leaves no result; what needs it waits, the others go on, and the next call tries again', async () => {
    const unless = join(folder, 'mended');
    const [bad, good] = [toy('fail', { unless }), count(0, 2)];
    const [needs, free] = [toy('sum', {}, { bad, good }), toy('sum', {}, { good })];
    const plan = [bad, good, needs, free];
    const outcome = await runHere(plan);
    const failure = { id: bad.id, label: bad.label, error: 'Cannot count: the number is missing' };
    expect(outcome).toMatchObject({ made: 2, failed: [failure], waiting: [needs] });
    expect(await readFailures(folder)).toEqual(new Map([[bad.id, failure]]));
    await expect(access(runFolder(folder, bad.id))).rejects.toThrow('ENOENT');
    await writeFile(unless, '');
    expect(await runHere(plan)).toMatchObject({ stood: 2, made: 2, failed: [], waiting: [] });
    expect(await readFailures(folder)).toEqual(new Map());
  });

  test('because its process dies is tried once more in another', async () => {
    const [once, always] = [toy('die', { once: true }), toy('die')];
    const { made, failed } = await runHere([once, always, toy('sum', {}, { once })]);
    expect(made).toBe(2);
    expect(failed).toEqual([
      { id: always.id, label: 'die', error: 'its process ended with SIGKILL; it printed: out of memory' },
    ]);
  });

  test('for want of its stage says so', async () => {
    const { failed } = await runHere([toy('multiply')]);
    expect(failed).toMatchObject([
      { error: 'Cannot do a run: a stage is required, found none of the name multiply' },
    ]);
  });
});

describe('a runner in a process of its own', () => {
  const start = (plan: readonly PlannedRun[]) =>
    spawn(process.execPath, [join(import.meta.dirname, 'toy-study.mjs'), folder, JSON.stringify(plan)]);
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

  test('killed at five random moments, ends in the results of one that was not, and counts on from where it was', async () => {
    const log = join(folder, 'log');
    const leaves = [0, 100, 200].map(from => count(from, from + 60, { log }));
    const sum = toy('sum', {}, Object.fromEntries(leaves.map((leaf, at) => [`leaf${at}`, leaf])));
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

  test('that is interrupted stops its workers, and the next one goes on', async () => {
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
        `Cannot work on the study in ${folder}: process ${child.pid} of .* works there; if it does not, delete `,
      ),
    );
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await runHere([count(0, 3)])).toMatchObject({ made: 1 });
  });
});
