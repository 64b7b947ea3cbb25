import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { holderIn } from '../../../src/runs/held-lease.ts';
import { acquireLease, folderLease, leaseOwner } from '../../../src/runs/index.ts';
import { PATIENCE_MS } from '../../fixtures/patience.ts';

const HOLD = fileURLToPath(new URL('hold-lease.mjs', import.meta.url));
const CLAIM = new URL('claim-often.mjs', import.meta.url);

let folder = '';
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lease-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

/** Starts a process that wants the lease, as if on a machine of that name. */
function start(host: string, { seconds = 60, work = ['append'] } = {}) {
  const env = { ...process.env, IMITATION_LAB_HOST: host, IMITATION_LAB_LEASE_SECONDS: `${seconds}` };
  const child = spawn(process.execPath, [HOLD, folder, ...work], { env });
  children.push(child);
  let printed = '';
  child.stdout.on('data', text => {
    printed += text;
  });
  const ended = once(child, 'close').then(() => printed);
  const holds = () => vi.waitUntil(() => printed.startsWith('held\n'), { timeout: PATIENCE_MS });
  return { child, ended, holds };
}
const logged = async () => (await readFile(join(folder, 'log'), 'utf8')).trimEnd().split('\n').map(Number);

describe('an output', () => {
  test.each(['node1', 'node2'])('is refused to a second process, on %s, until the first ends', async host => {
    const first = start('node1');
    await first.holds();
    const refused = await start(host).ended;
    expect(refused).toMatch(
      new RegExp(
        `^Cannot write ${folder}: process ${first.child.pid} on node1 \\(test\\) has its lease until \\d{4}-.*Z, and renews it while it runs\n$`,
      ),
    );
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe('held\nstopped\n');
    expect(await readdir(folder)).toEqual(['log']);
    const second = start(host);
    await second.holds();
  });

  test('of a killed process is given at once on its machine, and elsewhere when the lease has expired', async () => {
    const first = start('node1', { seconds: 2 });
    await first.holds();
    first.child.kill('SIGKILL');
    await first.ended;
    expect(await start('node2').ended).toContain(`process ${first.child.pid} on node1`);
    const second = start('node1', { seconds: 2 });
    await second.holds();
    second.child.kill('SIGKILL');
    await second.ended;
    await setTimeout(2100);
    await start('node2').holds();
  });

  test('is kept while the event loop of its process is blocked for longer than the lease lasts', async () => {
    const first = start('node1', { seconds: 1, work: ['block', '4000'] });
    await first.holds();
    await setTimeout(2500);
    expect(await start('node2').ended).toContain(`process ${first.child.pid} on node1`);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe('held\nstopped\n');
  });

  test('that was given away while its process was suspended is not written by it any more', async () => {
    const first = start('node1', { seconds: 1 });
    await first.holds();
    await vi.waitUntil(() => existsSync(join(folder, 'log')), { timeout: PATIENCE_MS });
    first.child.kill('SIGSTOP');
    await setTimeout(1200);
    const second = start('node2');
    await second.holds();
    await vi.waitUntil(async () => (await logged()).includes(second.child.pid ?? 0), {
      timeout: PATIENCE_MS,
    });
    const lines = await logged();
    const given = lines.indexOf(second.child.pid ?? 0);
    first.child.kill('SIGCONT');
    expect(await first.ended).toBe(
      `held\nCannot continue to write ${folder}: its lease is lost, process ${second.child.pid} on node2 has it now\n`,
    );
    expect(new Set((await logged()).slice(given))).toEqual(new Set([second.child.pid]));
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe('held\nstopped\n');
  });

  test('is released by a process that exits in the middle', async () => {
    expect(await start('node1', { work: ['exit'] }).ended).toBe('held\n');
    expect(await readdir(folder)).toEqual([]);
  });
});

test('work that was cut off gives its output up to other work of the same process, and writes no more', async () => {
  const output = folderLease(folder);
  const interrupt = new AbortController();
  const first = await acquireLease(output, { task: 'first', signal: interrupt.signal });
  await expect(acquireLease(output, { task: 'second' })).rejects.toThrow(
    `Cannot write ${folder}: process ${process.pid} on `,
  );
  const owner = leaseOwner(output);
  if (owner === undefined) throw new Error('nobody has the lease');
  await holderIn(owner)?.abandon();
  const second = await acquireLease(output, { task: 'second' });
  await expect(first.confirm()).rejects.toThrow(
    `Cannot continue to write ${folder}: its lease is lost, other work of this process has it now`,
  );
  await first.release();
  await second.confirm();
  expect(leaseOwner(output)?.task).toBe('second');
  await second.release();
  await expect(second.confirm()).rejects.toThrow('its lease was released');
  expect(await readdir(folder)).toEqual([]);
});

test('of four owners that see an expired lease at once, one gets it, each of 150 times', async () => {
  const [threads, rounds] = [4, 150];
  const counters = new Int32Array(new SharedArrayBuffer(12));
  const path = join(folder, 'lease.json');
  const won = await Promise.all(
    Array.from({ length: threads }, async (_, index) => {
      const workerData = { path, rounds, threads, first: index === 0, counters };
      const [numbers]: number[][] = await once(new Worker(CLAIM, { workerData }), 'message');
      return numbers ?? [];
    }),
  );
  expect(won.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: rounds }, (_, index) => index + 1));
  expect(won.filter(rounds => rounds.length > 0).length).toBeGreaterThan(1);
  expect(await readdir(folder)).toEqual(['lease.json']);
});
