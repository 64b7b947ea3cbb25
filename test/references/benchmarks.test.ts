import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ensureTensorflow } from '../../src/compute/index.ts';
import type { ItemRow } from '../../src/evaluate/index.ts';
import { cacheFolder, type KeyedItem } from '../../src/files/index.ts';
import { startCommand } from '../fixtures/command-line.ts';
import { WITH_RECORDS } from '../fixtures/public-records.ts';
import { smollm2, withSmollm2 } from '../fixtures/smollm2.ts';

/** A benchmark with how many of its items are asked, its options, and metrics with the largest values they can have. */
type Case = readonly [name: string, limit: number, parameters: string[], metrics: Record<string, number>];

const CASES: Case[] = [
  ['nq', 8, ['--shots', '3'], { exact_match: 1 }],
  ['gsm8k', 3, [], { exact_match: 1, flexible: 1 }],
  ['humaneval', 3, [], { 'pass@1': 1 }],
  // Two batches: the first holds the continuations of eight.
  ['mmlu', 12, [], { acc: 1 }],
  ['cnn-dm', 3, [], { rouge1: 100, rouge2: 100, rougeL: 100 }],
];

const path = WITH_RECORDS.skip ? undefined : await smollm2();
let folder = '';

beforeAll(async () => {
  await ensureTensorflow();
  folder = await mkdtemp(join(tmpdir(), 'benchmarks-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The whole lines of a file of a run. */
async function rowsOf<T>(name: string, file: string): Promise<T[]> {
  const text = await readFile(join(folder, name, file), 'utf8').catch(() => '');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.filter(line => line !== '').map(line => JSON.parse(line));
}

describe('SmolLM2 by the commands that a user types', { ...withSmollm2(path), ...WITH_RECORDS }, () => {
  test.each(CASES)(
    'runs %s on %i items; killed midway, it asks nothing twice',
    async (name, limit, more, metrics) => {
      const parameters = ['--limit', `${limit}`, '--out', name, '--json', ...more];
      const start = () =>
        startCommand(folder, ['evaluate', name, '--model', path ?? '', ...parameters], {
          IMITATION_LAB_CACHE: cacheFolder(),
        });
      const killed = start();
      await vi.waitFor(async () => expect(await rowsOf(name, 'outputs.jsonl')).not.toHaveLength(0), 900_000);
      killed.child.kill('SIGKILL');
      await killed.ended;
      const before = await rowsOf<KeyedItem>(name, 'outputs.jsonl');
      expect(before.length).toBeLessThan(limit);

      const { code, out, err } = await start().ended;
      expect(code, err).toBe(0);
      const result = JSON.parse(out.trim().split('\n').at(-1) ?? '');
      expect(result).toMatchObject({ benchmark: name, promptFormat: 'raw', n: limit });
      expect(result.metrics.map(({ metric }: { metric: string }) => metric)).toEqual(Object.keys(metrics));
      for (const { metric, value, low, high, n, unscored } of result.metrics) {
        expect([n, unscored]).toEqual([limit, 0]);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(value).toBeGreaterThanOrEqual(low);
        expect(high).toBeGreaterThanOrEqual(value);
        expect(metrics[metric]).toBeGreaterThanOrEqual(high);
      }
      // What was answered before the kill is kept as it was, with the time that it took.
      const outputs = await rowsOf<KeyedItem>(name, 'outputs.jsonl');
      expect(outputs.slice(0, before.length)).toEqual(before);
      expect(outputs).toHaveLength(limit);
      const rows = await rowsOf<ItemRow>(name, 'items.jsonl');
      expect(new Set(rows.map(({ id }) => id)).size).toBe(limit);
      expect(rows).toHaveLength(limit);
      for (const { latency, tokens, prompt } of rows) {
        expect(latency).toBeGreaterThan(0);
        expect(tokens).toBeGreaterThanOrEqual(0);
        expect(prompt.length).toBeGreaterThan(0);
      }
      const manifest = JSON.parse(await readFile(join(folder, name, 'manifest.json'), 'utf8'));
      expect(manifest.config).toMatchObject({ benchmark: name, limit });
    },
  );
});
