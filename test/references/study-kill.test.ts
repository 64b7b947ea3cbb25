import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureTensorflow } from '../../src/compute/index.ts';
import { folderLease, leaseOwner } from '../../src/runs/index.ts';
import { isRunning } from '../../src/runs/process-identity.ts';
import { seededRandom } from '../../src/stats/index.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const FILES = ['rows.jsonl', 'answers.jsonl', 'facts.jsonl'];
const KILLS = 5;

let folder = '';
beforeAll(async () => {
  await ensureTensorflow();
  folder = await mkdtemp(join(tmpdir(), 'study-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts the tiny study; the same call resumes in `out`. */
function start(out: string): ChildProcess {
  const flags = ['--scale', 'tiny', '--seeds', '1', '--out', join(folder, out), '--json'];
  return spawn(process.execPath, [CLI, 'study', 'run', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Runs it to its end, and gives its last line: how many runs existed and were completed. */
async function finish(out: string): Promise<Record<string, unknown>> {
  const child = start(out);
  let last = '';
  if (child.stdout) for await (const line of createInterface(child.stdout)) last = line;
  return JSON.parse(last);
}

/** Kills the study and its workers after so many lines of progress, which stages report step by step. */
async function killAfter(out: string, lines: number): Promise<void> {
  const child = start(out);
  let seen = 0;
  if (child.stdout) for await (const _ of createInterface(child.stdout)) if (++seen >= lines) break;
  const owner = leaseOwner(folderLease(join(folder, out)));
  if (owner === undefined) throw new Error('no process runs the study');
  const closed = once(child, 'close');
  for (const { pid } of [owner.process, ...owner.workers].filter(isRunning)) process.kill(pid, 'SIGKILL');
  await closed;
}

const filesOf = (out: string) => Promise.all(FILES.map(name => readFile(join(folder, out, name))));

test('a study that was killed with its workers at five random moments ends in the files of one that was not', async () => {
  const whole = await finish('whole');
  const runs = Number(whole.completed);
  expect(whole).toMatchObject({ existing: 0, failed: [], waiting: [] });
  const { integer } = seededRandom('five moments of a study');
  for (let kill = 0; kill < KILLS; kill++) await killAfter('killed', 20 + integer(150));
  const last = await finish('killed');
  expect(last).toMatchObject({ failed: [], waiting: [] });
  // The runs completed before the last kill were kept, and some were left to do.
  expect(Number(last.existing)).toBeGreaterThan(0);
  expect(Number(last.completed)).toBeGreaterThan(0);
  expect(Number(last.existing) + Number(last.completed)).toBe(runs);
  expect(await filesOf('killed')).toEqual(await filesOf('whole'));
});
