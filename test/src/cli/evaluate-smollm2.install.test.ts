import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureTensorflow } from '../../../src/compute/index.ts';
import type { ItemRow } from '../../../src/evaluate/index.ts';
import { cacheFolder } from '../../../src/files/index.ts';
import { startCommand } from '../../fixtures/command-line.ts';
import { eventually } from '../../fixtures/patience.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';
import { smollm2, withSmollm2 } from '../../fixtures/smollm2.ts';

const folder = await mkdtemp(join(tmpdir(), 'evaluate-smollm2-'));
const path = WITH_RECORDS.skip ? undefined : await smollm2();

/** Runs `imitation-lab evaluate …` on SmolLM2, with the TensorFlow of this machine. */
const evaluate = (benchmark: string, ...parameters: string[]) =>
  startCommand(folder, ['evaluate', benchmark, '--model', path ?? '', '--out', benchmark, ...parameters], {
    IMITATION_LAB_CACHE: cacheFolder(),
  });

async function rowsOf(benchmark: string, file = 'items.jsonl'): Promise<ItemRow[]> {
  const text = await readFile(join(folder, benchmark, file), 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
}

describe('SmolLM2 on benchmarks', { ...withSmollm2(path), ...WITH_RECORDS }, () => {
  beforeAll(() => ensureTensorflow(), 600_000);

  test('writes answers through llama.cpp; killed midway, it resumes where it was', async () => {
    const parameters = ['--shots', '3', '--limit', '4'];
    const { child, ended } = evaluate('nq', ...parameters);
    await eventually(async () => expect((await rowsOf('nq', 'outputs.jsonl')).length).toBeGreaterThan(0));
    child.kill('SIGKILL');
    await ended;
    const before = await rowsOf('nq', 'outputs.jsonl');
    expect(before.length).toBeLessThan(4);
    const { code, out } = await evaluate('nq', ...parameters).ended;
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^nq exact_match of SmolLM2\S+: \d\.\d{4} \[.*\], n = 4 \(raw, 3 shots\)$/m),
    ]);
    const outputs = await rowsOf('nq', 'outputs.jsonl');
    expect(outputs).toHaveLength(4);
    expect(outputs.slice(0, before.length)).toEqual(before);
    const rows = await rowsOf('nq');
    expect(rows.map(({ id }) => id)).toEqual(['nq-1', 'nq-2', 'nq-3', 'nq-4']);
    for (const { text, tokens } of rows) {
      expect(text).toMatch(/^[^\n]*\w[^\n]*$/);
      expect(tokens).toBeLessThanOrEqual(32);
    }
  });

  test('reports log-likelihoods of our own model', async () => {
    const { code, out } = await evaluate('mmlu', '--limit', '2', '--json').ended;
    expect(code).toBe(0);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({
      benchmark: 'mmlu',
      shots: 5,
      metrics: [{ metric: 'acc', n: 2, unscored: 0 }],
    });
    for (const { continuations, logprobs = [] } of await rowsOf('mmlu')) {
      expect(continuations).toEqual([' A', ' B', ' C', ' D']);
      expect(new Set(logprobs).size).toBe(4);
      // One of the letters comes next, as five examples have shown.
      const together = (logprobs ?? []).reduce((sum, logprob) => sum + Math.exp(logprob), 0);
      expect(together).toBeGreaterThan(0.8);
      expect(together).toBeLessThan(1);
    }
  });
});
