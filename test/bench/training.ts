/**
 * Benchmark of training beside PyTorch eager: one run, one machine, the same model, batches and optimizer on either
 * side, each in a process of its own, which take turns. Prints a table and writes `build/bench/training.json`.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { from } from 'arquero';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { ensureVenv } from '../../scripts/venv.ts';
import { ensureTensorflow, resolveBackend } from '../../src/compute/index.ts';
import { addLora, initialise, loadModel, saveLora, saveModel } from '../../src/model/index.ts';
import { bootstrap, quantile, seededRandom } from '../../src/stats/index.ts';
import { smollm2 } from '../fixtures/smollm2.ts';
import { type Case, ON_CPU, ON_GPU, RANK } from './training/cases.ts';
import type { Start, Taken } from './training/requests.ts';
import { type Side, startSide } from './training/side.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'build/bench/training');

/** Batches that are taken in turn, and the learning rate. */
const [BATCHES, RATE] = [8, 3e-4];
/** Steps before timing, the first of which is slow on both sides. */
const WARMUPS = 4;
const TURNS = 12;
/** How far the losses of the first steps may be apart, which shows that both sides do the same work. */
const TOLERANCE = { float32: 1e-3, bfloat16: 0.05 };

/** Writes what is to be trained, for both sides; undefined where SmolLM2 cannot be fetched. */
async function starting({ config, length, batch, matmul }: Case, gpu: boolean): Promise<Start | undefined> {
  const stored = config ? undefined : await smollm2();
  if (!config && !stored) return undefined;
  const model = config ? { config, weights: initialise(config, 0) } : await loadModel(stored ?? '');
  await saveModel(folder, model);
  const adapters = join(folder, 'adapters');
  if (stored) await saveLora(adapters, addLora(model, { rank: RANK, alpha: 2 * RANK }));
  tf.dispose(model.weights);
  const { integer } = seededRandom('tokens');
  const row = () => Array.from({ length: length + 1 }, () => integer(model.config.vocabSize));
  const batches = Array.from({ length: BATCHES }, () => Array.from({ length: batch }, row));
  const device = gpu ? 'cuda' : 'cpu';
  const start: Start = { folder, batches, rate: RATE, matmul, device, threads: availableParallelism() };
  return stored ? { ...start, adapters } : start;
}

/** Time and memory of a side. */
interface Measured {
  side: Side;
  /** Milliseconds of all steps of each turn. */
  turns: number[];
  /** Milliseconds that processors worked in each turn. */
  work: number[];
  losses: number[];
  /** Milliseconds of the first step. */
  first: number;
  /** Memory once the libraries are loaded, in MB. */
  libraries: number;
}

async function warmUp(side: Side, start: Start): Promise<Measured> {
  await side.ask({ libraries: true });
  const libraries = side.peak();
  await side.ask({ start });
  const { ms, losses } = await side.ask<Taken>({ steps: WARMUPS });
  return { side, turns: [], work: [], losses, first: ms[0] ?? Number.NaN, libraries };
}

async function takeTurn({ side, turns, work, losses }: Measured, steps: number): Promise<void> {
  const before = side.processor();
  const taken = await side.ask<Taken>({ steps });
  turns.push(taken.ms.reduce((total, ms) => total + ms, 0));
  work.push(side.processor() - before);
  losses.push(...taken.losses);
}

async function measure(each: Case, python: string, gpu: boolean) {
  const start = await starting(each, gpu);
  if (!start) return [];
  const ours = await warmUp(startSide(process.execPath, [join(folder, 'ours.js')]), start);
  const theirs = await warmUp(startSide(python, [join(import.meta.dirname, 'training/theirs.py')]), start);
  for (const [i, loss] of ours.losses.entries())
    expect(Math.abs(loss - (theirs.losses[i] ?? Number.NaN))).toBeLessThan(TOLERANCE[each.matmul]);
  for (let turn = 0; turn < TURNS; turn++) {
    await takeTurn(ours, each.steps);
    await takeTurn(theirs, each.steps);
  }
  const row = summarize(each, ours, theirs);
  await Promise.all([ours.side.end(), theirs.side.end()]);
  return [row];
}

/** Compares each turn with the one that followed it: how many times as long the first list's took, with its 95 % interval. */
function medianRatio(theirs: readonly number[], ours: readonly number[]) {
  const ratios = theirs.map((ms, turn) => ms / (ours[turn] ?? Number.NaN));
  const median = (among: ArrayLike<number>) =>
    quantile(
      Array.from(among, turn => ratios[turn] ?? 0),
      0.5,
    );
  const { low, high } = bootstrap(TURNS, median);
  return {
    times: median([...ratios.keys()])?.toFixed(2),
    interval: `${low?.toFixed(2)}–${high?.toFixed(2)}`,
  };
}

function summarize({ name, length, batch, matmul, steps }: Case, ours: Measured, theirs: Measured) {
  const speed = ({ turns }: Measured) =>
    Math.round((steps * batch * length * 1000) / (quantile(turns, 0.5) ?? Number.NaN));
  const clock = medianRatio(theirs.turns, ours.turns);
  const work = medianRatio(theirs.work, ours.work);
  return {
    model: name,
    matmul,
    'T × B': `${length} × ${batch}`,
    'tok/s': speed(ours),
    'PyTorch tok/s': speed(theirs),
    times: clock.times,
    '95 %': clock.interval,
    "processor's times": `${work.times} (${work.interval})`,
    'first step s': (ours.first / 1000).toFixed(1),
    'PyTorch first step s': (theirs.first / 1000).toFixed(1),
    'peak MB': Math.round(ours.side.peak()),
    'PyTorch peak MB': Math.round(theirs.side.peak()),
    'of it libraries': `${Math.round(ours.libraries)}, ${Math.round(theirs.libraries)}`,
    memory: (ours.side.peak() / theirs.side.peak()).toFixed(2),
  };
}

test('training beside PyTorch', async () => {
  const requirements = join(root, 'test/references/requirements.txt');
  const { python } = await ensureVenv(join(root, 'build/references-venv'), requirements);
  const { wheel } = await ensureTensorflow();
  await resolveBackend({ prefer: 'cpu' });
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, 'training/ours.ts')],
    outdir: folder,
    format: 'esm',
  });
  if (!wheel.cuda) console.log('\nThere is no NVIDIA GPU here: what needs one is not measured.');
  const rows = [];
  for (const each of wheel.cuda ? ON_GPU : ON_CPU) {
    const measured = await measure(each, python, wheel.cuda);
    for (const row of measured)
      console.log(
        `${row.model}, ${row.matmul}: ${row.times} (${row['95 %']}), processor's ${row["processor's times"]}`,
      );
    rows.push(...measured);
  }
  await rm(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version };
  await writeFile(join(root, 'build/bench/training.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  console.log(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}\n`);
  console.log(from(rows).toMarkdown({ limit: Infinity }));
});
