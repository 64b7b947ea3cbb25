/**
 * Benchmark of generation and scoring beside Transformers: one machine, the same weights in float32 (SmolLM2-135M
 * from its GGUF file) and the same tokens on either side, each in a process of its own, which take turns. Prints a
 * table and writes `build/bench/generation-….json`; `npm run bench -- generation -t 'batch 1$'` measures a part.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { from } from 'arquero';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { ensureVenv } from '../../scripts/venv.ts';
import { ensureTensorflow } from '../../src/compute/index.ts';
import { convertModel } from '../../src/generate/index.ts';
import { bootstrap, quantile, seededRandom } from '../../src/stats/index.ts';
import { smollm2 } from '../fixtures/smollm2.ts';
import type { Start, Taken } from './generation/requests.ts';
import { startSide } from './training/side.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'build/bench/generation');
const model = join(folder, 'smollm2');
const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version };

const [PROMPT, TOKENS] = [64, 128];
/** Tokens of an item to score, as long as a question with examples. */
const ITEM = 600;

let python = '';
let gguf = '';

beforeAll(async () => {
  const requirements = join(root, 'test/references/requirements.txt');
  python = (await ensureVenv(join(root, 'build/references-venv'), requirements)).python;
  gguf = (await smollm2()) ?? expect.fail('SmolLM2 is out of reach');
  await ensureTensorflow();
  await mkdir(folder, { recursive: true });
  if (!existsSync(join(model, 'config.json'))) await convertModel(gguf, model);
  const sides = ['ours.ts', 'llama-cpp.ts'].map(name => join(import.meta.dirname, 'generation', name));
  await build({ entryPoints: sides, outdir: folder, format: 'esm' });
}, 600_000);

const ours = () => startSide(process.execPath, [join(folder, 'ours.js')]);
const transformers = () =>
  startSide(python, [join(import.meta.dirname, 'generation/theirs.py')], { HF_HUB_OFFLINE: '1' });

function prompts(count: number, length: number): number[][] {
  const { integer } = seededRandom('prompts');
  return Array.from({ length: count }, () => Array.from({ length }, () => integer(49_152)));
}

const middle = (times: readonly number[]) => quantile(times, 0.5) ?? Number.NaN;

/** How many times as fast as the other's each of our turns is, beside the one that followed it: median, 95 %. */
function times(ours: readonly number[], theirs: readonly number[]): { times: string; '95 %': string } {
  const ratios = theirs.map((ms, turn) => ms / (ours[turn] ?? Number.NaN));
  const { low, high } = bootstrap(ratios.length, among =>
    middle(Array.from(among, turn => ratios[turn] ?? Number.NaN)),
  );
  return { times: middle(ratios).toFixed(2), '95 %': `${low?.toFixed(2)}–${high?.toFixed(2)}` };
}

async function report(name: string, rows: readonly object[], measured: object): Promise<void> {
  const content = `${JSON.stringify({ machine, rows, measured }, null, 2)}\n`;
  await writeFile(join(root, `build/bench/generation-${name}.json`), content);
  console.log(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}\n`);
  console.log(from([...rows]).toMarkdown({ limit: Infinity }));
}

test.each([
  { batch: 1, turns: 6 },
  { batch: 16, turns: 5 },
])('generation at batch $batch', async ({ batch, turns }) => {
  const start: Start = { model, prompts: prompts(batch, PROMPT), tokens: TOKENS, threads: machine.cores };
  const sides = [
    { name: 'ours', side: ours(), ms: [] as number[] },
    { name: 'Transformers', side: transformers(), ms: [] as number[] },
  ];
  const first: Taken[] = [];
  for (const { side } of sides) {
    await side.ask({ start });
    first.push(await side.ask<Taken>({ turn: true }));
  }
  // They do the same work.
  const begun = first.map(({ answers }) => answers.map(answer => answer.slice(0, 8)));
  expect(begun[0]).toEqual(begun[1]);
  for (let turn = 0; turn < turns; turn++)
    for (const { side, ms } of sides) ms.push((await side.ask<Taken>({ turn: true })).ms);
  const theirs = sides[1]?.ms ?? [];
  const rows = sides.map(({ name, side, ms }, at) => ({
    batch,
    side: name,
    'tok/s': ((1000 * batch * TOKENS) / middle(ms)).toFixed(1),
    ...(ms === theirs ? { times: '1', '95 %': '' } : times(ms, theirs)),
    'first turn s': ((first[at]?.ms ?? Number.NaN) / 1000).toFixed(1),
    'turn s': (middle(ms) / 1000).toFixed(1),
    'peak MB': Math.round(side.peak()),
  }));
  await report(
    `batch-${batch}`,
    rows,
    sides.map(({ name, ms }) => ({ name, ms })),
  );
  await Promise.all(sides.map(({ side }) => side.end()));
});

test('llama.cpp on its quantised weights, for information', async () => {
  const side = startSide(process.execPath, [join(folder, 'llama-cpp.js')]);
  const start: Start = { model: gguf, prompts: prompts(1, PROMPT), tokens: TOKENS, threads: machine.cores };
  await side.ask({ start });
  const ms: number[] = [];
  for (let turn = 0; turn < 4; turn++) ms.push((await side.ask<Taken>({ turn: true })).ms);
  const row = { batch: 1, side: 'llama.cpp', 'tok/s': ((1000 * TOKENS) / middle(ms)).toFixed(1) };
  await report('llama-cpp', [{ ...row, 'peak MB': Math.round(side.peak()) }], ms);
  await side.end();
});

test('scoring four answers of one token each', async () => {
  const sides = { ours: ours(), Transformers: transformers() };
  const start = { model, prompts: prompts(1, PROMPT), tokens: TOKENS, threads: machine.cores };
  const taken: Record<string, number[]> = { ours: [], Transformers: [] };
  for (const side of Object.values(sides)) {
    await side.ask({ start });
    await side.ask({ score: { prompts: prompts(2, ITEM) } });
  }
  for (let turn = 0; turn < 8; turn++)
    for (const [name, side] of Object.entries(sides)) {
      const ms = await side.ask<number[]>({ score: { prompts: prompts(4, ITEM) } });
      taken[name]?.push(ms.reduce((sum, each) => sum + each, 0));
    }
  const rows = Object.entries(sides).map(([name, side]) => ({
    side: name,
    'items/s': (4000 / middle(taken[name] ?? [])).toFixed(2),
    ...(name === 'Transformers'
      ? { times: '1', '95 %': '' }
      : times(taken[name] ?? [], taken.Transformers ?? [])),
    'peak MB': Math.round(side.peak()),
  }));
  await report('scoring', rows, taken);
  await Promise.all(Object.values(sides).map(side => side.end()));
});
