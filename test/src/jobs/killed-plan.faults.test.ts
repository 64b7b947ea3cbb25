import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { PlannedRun } from '../../../src/jobs/planned-run.ts';
import { seededRandom } from '../../../src/stats/index.ts';
import { count, planFolder, toy } from './toy-runs.ts';

const { inFolder, numberOf, runHere } = planFolder();

describe('a runner in a process of its own', () => {
  const start = (plan: readonly PlannedRun[], options: { detached?: boolean } = {}) => {
    const script = join(import.meta.dirname, 'toy-plan.mjs');
    return spawn(process.execPath, [script, inFolder(), JSON.stringify(plan)], options);
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
    const log = inFolder('log');
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
      const log = inFolder('log');
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
    const log = inFolder('log');
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
    const log = inFolder('log');
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
        `^Cannot write ${inFolder()}: process ${child.pid} on .* \\(plan\\) has its lease until .*Z, and renews it`,
      ),
    );
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await runHere([count(0, 3)])).toMatchObject({ completed: 1 });
  });
});
