import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KernelHome, kernelHome } from './kernel-home.ts';
import { testVenv } from './venv.ts';

let home: KernelHome;

beforeAll(async () => {
  home = await kernelHome();
}, 300_000);
afterAll(() => home.remove());

test('jupyter_kernel_test passes, except for the pager, which few kernels have, and history, which is to come', async () => {
  const { python } = await testVenv();
  const child = spawn(python, [join(import.meta.dirname, 'conformance.py')], {
    env: { ...home.env, KERNEL_NAME: home.name },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  expect(await json(child.stdout)).toEqual({ run: 13, failed: {}, skipped: ['test_history', 'test_pager'] });
}, 300_000);
