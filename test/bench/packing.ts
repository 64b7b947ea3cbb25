/**
 * Benchmark of packing without cross-attention beside the plain join: the same dialogues and model, compiled steps on
 * either side, which take turns step by step in one process, so that other work on the machine slows both. Prints a
 * table and writes `build/bench/packing.json`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { from } from 'arquero';
import { expect, test } from 'vitest';
import { ensureTensorflow, resolveBackend } from '../../src/compute/index.ts';
import { initConfig, initialise } from '../../src/model/index.ts';
import { quantile, seededRandom } from '../../src/stats/index.ts';
import { type EncodedDialogue, packDialogues } from '../../src/tokenize/index.ts';
import { adamw, blockBatch, trainStep } from '../../src/train/index.ts';

const folder = resolve(import.meta.dirname, '../../build/bench');

/** Shapes of the models; T × B tokens a step. */
const CASES = [
  { architecture: 'gpt2', hiddenSize: 128, layers: 4, heads: 4, length: 128, batch: 16, vocabSize: 512 },
  { architecture: 'llama', hiddenSize: 256, layers: 4, heads: 4, length: 256, batch: 8, vocabSize: 4096 },
  { architecture: 'qwen3', hiddenSize: 256, layers: 4, heads: 4, length: 256, batch: 8, vocabSize: 4096 },
  { architecture: 'llama', hiddenSize: 512, layers: 6, heads: 8, length: 256, batch: 4, vocabSize: 8192 },
] as const;
/** Steps of either side before and in the measurement. */
const [WARMUPS, TURNS] = [3, 40];
/** Most times of the plain join that an epoch may take. */
const MOST = 1.1;

/** Dialogues of the lengths of short chats, from 10 tokens to two thirds of a block. */
function dialoguesFor(length: number, vocabSize: number): EncodedDialogue[] {
  const { integer } = seededRandom('dialogues');
  return Array.from({ length: 96 }, (_, i) => {
    const size = 10 + integer(Math.floor((length * 2) / 3) - 10);
    const ids = Array.from({ length: size }, () => integer(vocabSize));
    return { id: `d${i}`, ids, lossMask: ids.map((_, at): 0 | 1 => (at % 2 === 0 ? 0 : 1)) };
  });
}

/** Milliseconds of a step, and of the processor's work for it. */
interface StepTime {
  wall: number;
  processor: number;
}

/** Prepares a side, whose steps train on its batches in turn. */
function sideOf(each: (typeof CASES)[number], crossAttention: boolean) {
  const { length, batch, vocabSize, architecture, hiddenSize, layers, heads } = each;
  const config = initConfig({ architecture, hiddenSize, layers, heads, maxPositions: length }, vocabSize);
  const model = { config, weights: initialise(config, 0) };
  const step = trainStep(model, { optimizer: adamw() });
  const blocks = packDialogues(dialoguesFor(length, vocabSize), { sequenceLength: length, crossAttention });
  const batches = Array.from({ length: Math.ceil(blocks.length / batch) }, (_, i) =>
    blockBatch(blocks.slice(i * batch, (i + 1) * batch), batch),
  );
  let taken = 0;
  return {
    blocks: blocks.length,
    async next(): Promise<StepTime> {
      const one = batches[taken++ % batches.length] ?? expect.fail('there are no blocks');
      const [start, used] = [performance.now(), process.cpuUsage()];
      const { loss, gradNorm } = step(one, 1e-4);
      await loss.data();
      tf.dispose([loss, gradNorm]);
      const { user, system } = process.cpuUsage(used);
      return { wall: performance.now() - start, processor: (user + system) / 1000 };
    },
    dispose() {
      step.dispose();
      tf.dispose([batches.map(one => ({ ...one })), model.weights]);
    },
  };
}

async function measure(each: (typeof CASES)[number]) {
  const [joined, packed] = [sideOf(each, true), sideOf(each, false)];
  const pairs: { joined: StepTime; packed: StepTime }[] = [];
  for (let turn = -WARMUPS; turn < TURNS; turn++) {
    // Either side goes first in turn, so that neither always follows the other.
    const first = turn % 2 === 0 ? await joined.next() : undefined;
    const second = await packed.next();
    const pair = { joined: first ?? (await joined.next()), packed: second };
    if (turn >= 0) pairs.push(pair);
  }
  joined.dispose();
  packed.dispose();
  const median = (of: (pair: (typeof pairs)[number]) => number) => quantile(pairs.map(of), 0.5) ?? Number.NaN;
  // An epoch of more blocks takes longer by as much.
  const times = (kind: keyof StepTime) =>
    Number(
      ((packed.blocks / joined.blocks) * median(pair => pair.packed[kind] / pair.joined[kind])).toFixed(3),
    );
  return {
    model: `${each.architecture} ${each.hiddenSize} × ${each.layers}`,
    'T × B': `${each.length} × ${each.batch}`,
    'blocks joined': joined.blocks,
    'blocks packed': packed.blocks,
    'joined ms': Math.round(median(pair => pair.joined.wall)),
    'packed ms': Math.round(median(pair => pair.packed.wall)),
    times: times('wall'),
    "processor's times": times('processor'),
  };
}

test('packing without cross-attention takes at most 1.1 times the plain join', async () => {
  await ensureTensorflow();
  await resolveBackend({ prefer: 'tensorflow' });
  const rows = [];
  for (const each of CASES) rows.push(await measure(each));
  console.log(from(rows).toMarkdown({ limit: Infinity }));
  await mkdir(folder, { recursive: true });
  const machine = cpus()[0]?.model ?? 'unknown';
  await writeFile(join(folder, 'packing.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  for (const { times } of rows) expect(times).toBeLessThanOrEqual(MOST);
});
