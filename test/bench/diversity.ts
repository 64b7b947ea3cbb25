/**
 * Benchmark of the nearest-neighbour BLEU beside sacrebleu on all pairs, on Alpaca's instructions: one run, one
 * machine, interleaved. Prints a table and writes `build/bench/diversity.json`.
 */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { from } from 'arquero';
import { expect, test } from 'vitest';
import { ensureVenv } from '../../scripts/venv.ts';
import { loadTexts } from '../../src/data/index.ts';
import { parseQueries } from '../../src/readers/index.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'build/bench');

/** Queries that sacrebleu compares in some ten seconds. */
const FEW = 150;

interface Measured {
  value: number;
  seconds: number;
  /** Seconds of processor time: what counts where the machine is busy. Ours has Node's start in it. */
  cpu: number;
  /** Bytes that the process held at most. */
  peak?: number;
}

async function run<T>(command: string, script: string, input: unknown): Promise<T> {
  const child = spawn(command, [join(import.meta.dirname, 'diversity', script)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(input));
  return (await json(child.stdout)) as T;
}

test('nearest-neighbour BLEU beside sacrebleu on all pairs', async () => {
  const { python } = await ensureVenv(
    join(root, 'build/references-venv'),
    join(root, 'test/references/requirements.txt'),
  );
  const texts = (await loadTexts(['alpaca']))
    .flatMap(file => parseQueries(file.text, file.name, 'instruction'))
    .map(({ text }) => text);
  const cores = availableParallelism();
  const rows: object[] = [];
  const add = (who: string, n: number, { value, seconds, cpu, peak }: Measured) => {
    const pairs = n * (n - 1);
    const memory = peak === undefined ? null : peak / 1e6;
    rows.push({ who, n, value, seconds, cpu, 'pairs/s': Math.round(pairs / seconds), 'peak, MB': memory });
  };
  for (const n of [FEW, 2000, 10_000, texts.length]) {
    const some = texts.slice(0, n);
    const theirs = await run<Measured>(python, 'theirs.py', some.slice(0, FEW));
    add('sacrebleu, all pairs', FEW, theirs);
    for (const threads of n < 1000 ? [1] : [1, cores]) {
      const ours = await run<Measured>(process.execPath, 'ours.mjs', { texts: some, threads });
      add(`imitation-lab, ${threads} ${threads === 1 ? 'thread' : 'threads'}`, n, ours);
      if (n === FEW) expect(ours.value).toBeCloseTo(theirs.value, 9);
    }
  }
  const machine = { cpu: cpus()[0]?.model, cores, node: process.version };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'diversity.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  console.log(`\n${machine.cpu}, ${cores} cores, Node ${machine.node}\n`);
  console.log(
    from(rows).toMarkdown({
      limit: Infinity,
      format: { value: { digits: 3 }, seconds: { digits: 2 }, cpu: { digits: 2 }, 'peak, MB': { digits: 0 } },
    }),
  );
});
