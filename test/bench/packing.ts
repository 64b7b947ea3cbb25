/**
 * Benchmark of packing without cross-attention beside the plain join: the same dialogues and model, an epoch of
 * compiled steps on either side, which take turns. Prints a table and writes `build/bench/packing.json`.
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
  { architecture: 'llama', hiddenSize: 512, layers: 6, heads: 8, length: 256, batch: 4, vocabSize: 8192 },
] as const;
const TURNS = 9;
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

/** Prepares a side: a function that trains on all blocks once, and returns the milliseconds. */
function sideOf(each: (typeof CASES)[number], crossAttention: boolean) {
  const { length, batch, vocabSize, architecture, hiddenSize, layers, heads } = each;
  const config = initConfig({ architecture, hiddenSize, layers, heads, maxPositions: length }, vocabSize);
  const model = { config, weights: initialise(config, 0) };
  const step = trainStep(model, { optimizer: adamw() });
  const blocks = packDialogues(dialoguesFor(length, vocabSize), { sequenceLength: length, crossAttention });
  const batches = Array.from({ length: Math.ceil(blocks.length / batch) }, (_, i) =>
    blockBatch(blocks.slice(i * batch, (i + 1) * batch), batch),
  );
  return {
    blocks: blocks.length,
    async epoch(): Promise<number> {
      const start = performance.now();
      for (const one of batches) {
        const { loss, gradNorm } = step(one, 1e-4);
        await loss.data();
        tf.dispose([loss, gradNorm]);
      }
      return performance.now() - start;
    },
    dispose() {
      step.dispose();
      tf.dispose([batches.map(one => ({ ...one })), model.weights]);
    },
  };
}

test('packing without cross-attention takes at most 1.1 times the plain join', async () => {
  await ensureTensorflow();
  await resolveBackend({ prefer: 'tensorflow' });
  const rows: Record<string, string | number>[] = [];
  for (const each of CASES) {
    const [joined, packed] = [sideOf(each, true), sideOf(each, false)];
    for (const side of [joined, packed]) await side.epoch();
    const times: { joined: number; packed: number }[] = [];
    for (let turn = 0; turn < TURNS; turn++)
      times.push({ joined: await joined.epoch(), packed: await packed.epoch() });
    const median = (values: number[]) => quantile(values, 0.5) ?? Number.NaN;
    rows.push({
      model: `${each.architecture} ${each.hiddenSize} × ${each.layers}`,
      'T × B': `${each.length} × ${each.batch}`,
      'blocks joined': joined.blocks,
      'blocks packed': packed.blocks,
      'joined ms': Math.round(median(times.map(time => time.joined))),
      'packed ms': Math.round(median(times.map(time => time.packed))),
      times: Number(median(times.map(time => time.packed / time.joined)).toFixed(3)),
    });
    joined.dispose();
    packed.dispose();
  }
  from(rows).print();
  await mkdir(folder, { recursive: true });
  const machine = cpus()[0]?.model ?? 'unknown';
  await writeFile(join(folder, 'packing.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  for (const { times } of rows) expect(times).toBeLessThanOrEqual(MOST);
});
