import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { TrainingRow } from '../../../src/schema.ts';
import { seededRandom } from '../../../src/stats/index.ts';
import { onBackend } from '../../fixtures/backends.ts';

onBackend('tensorflow');

/** Steps of two micro-batches each, evaluated and saved at numbers that share no divisor. */
const OPTIONS = {
  learningRate: 3e-3,
  schedule: 'cosine',
  batchSize: 8,
  microBatchSize: 4,
  evalEvery: 7,
  checkpointEvery: 5,
};

/** Trains in a process; some milliseconds after a step from `step` on it is killed. @returns the last line it printed. */
async function train(
  folder: string,
  options: object,
  kill?: { step: number; delay: number },
): Promise<string> {
  const script = join(import.meta.dirname, 'killed-run.mjs');
  const child = spawn(process.execPath, [script, folder, JSON.stringify({ ...OPTIONS, ...options })], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let errors = '';
  child.stderr.on('data', text => {
    errors += text;
  });
  let last = '';
  for await (const line of createInterface(child.stdout)) {
    last = line;
    if (!kill || Number(line) < kill.step || child.killed) continue;
    await setTimeout(kill.delay);
    child.kill('SIGKILL');
  }
  const [code, signal] = await ended;
  expect([code, signal], errors).toEqual(kill ? [null, 'SIGKILL'] : [0, null]);
  return last;
}

test.each([
  [10, 'trains all weights', { steps: 150 }],
  [
    3,
    'trains adapters, with dropout',
    { steps: 60, lora: { rank: 2, alpha: 4, dropout: 0.1 }, dropout: 0.1 },
  ],
])(
  'killed at %i random moments, a run that %s ends as one that was not, to the bit',
  {
    timeout: 300_000,
  },
  async (kills, _, options) => {
    const parent = await mkdtemp(join(tmpdir(), 'killed-'));
    const rowsOf = async (folder: string): Promise<TrainingRow[]> => {
      const lines = (await readFile(join(folder, 'metrics.jsonl'), 'utf8')).trim().split('\n');
      return lines.map(line => ({ ...JSON.parse(line), tokensPerSecond: 0, memory: 0 }));
    };
    try {
      const [whole, killed] = [join(parent, 'whole'), join(parent, 'killed')];
      const expected = await train(whole, options);
      expect(expected).toMatch(/^[0-9a-f]{64}$/);
      const { integer, next } = seededRandom('ten moments');
      for (let kill = 1; kill <= kills; kill++) {
        await train(killed, options, { step: 10 * kill + integer(10), delay: 20 * next() });
      }
      expect(await train(killed, options)).toBe(expected);
      const rows = await rowsOf(killed);
      expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: options.steps }, (_, i) => i + 1));
      expect(rows).toEqual(await rowsOf(whole));
      const { resumed } = JSON.parse(await readFile(join(killed, 'manifest.json'), 'utf8'));
      expect(resumed).toHaveLength(kills);
    } finally {
      await rm(parent, { recursive: true });
    }
  },
);
