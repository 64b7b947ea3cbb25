import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { requires } from '../../fixtures/requires.ts';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
/** TensorFlow is not set up there. */
const cache = mkdtempSync(join(tmpdir(), 'doctor-'));
afterAll(() => rmSync(cache, { recursive: true }));

function doctor(...parameters: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, IMITATION_LAB_CACHE: cache };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'doctor', ...parameters], {
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('doctor names all backends, and why each is available or not', () => {
  const { findings } = JSON.parse(doctor('--json').stdout);
  const { ok, found, details } = findings.find(({ name }: { name: string }) => name === 'Backend for models');
  expect(ok).toBe(true);
  expect(details).toEqual([
    'tensorflow is not available: it is not set up on this machine. Run: await ensureTensorflow()',
    expect.stringMatching(/^webgpu (is not available: there is no GPU, only .+ \(software\)|on .+)$/),
    'cpu on CPU, one thread of JavaScript: it is available everywhere',
  ]);
  expect(found).toMatch(/^(cpu|webgpu) on /);
});

test('doctor --backend trains on a backend and reports its speed', () => {
  const { status, stdout, stderr } = doctor('--backend', 'cpu', '--json');
  expect([status, stderr]).toEqual([0, '']);
  const { ok, backend, difference, product, training } = JSON.parse(stdout);
  expect([ok, backend.name, difference]).toEqual([true, 'cpu', 0]);
  expect(product.teraflops).toBeGreaterThan(0);
  expect(training.tokensPerSecond).toBeGreaterThan(0);
});

// Linux is where the tests let WebGPU find no GPU but software.
const LINUX = requires(process.platform === 'linux', 'only on Linux do the tests hide the GPU');

test('doctor --gpu says in one line that there is none', LINUX, () => {
  const { status, stdout, stderr } = doctor('--gpu', '--json');
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    /^error: There is no GPU that models could compute on: tensorflow is not available: .+; webgpu is not available: there is no GPU, only .+ \(software\); cpu on .+\n$/,
  );
});

test('doctor refuses a backend that it does not know', () => {
  const { status, stderr } = doctor('--backend', 'wasm');
  expect(status).toBe(2);
  expect(stderr).toContain('--backend must be one of tensorflow, webgpu, cpu, got "wasm"');
});
