/**
 * Our side of the benchmark of training. Answers {"start": …} when a model is ready to be trained, and {"steps": n}
 * by the milliseconds and the loss of each step.
 */
import { createInterface } from 'node:readline';
import * as tf from '@tensorflow/tfjs';
import { resolveBackend } from 'imitation-lab/compute';
import { loadLora, loadModel } from 'imitation-lab/model';
import { adamw, trainStep } from 'imitation-lab/train';
import type { Start, Taken } from './requests.ts';

type Steps = (count: number) => Promise<Taken>;

async function start({ folder, adapters, batches, rate, matmul }: Start): Promise<Steps> {
  const loaded = await loadModel(folder);
  const model = adapters ? await loadLora(adapters, loaded) : loaded;
  const step = trainStep(model, { optimizer: adamw({ weightDecayFor: 'all' }), matmul });
  if (!adapters) tf.dispose(model.weights);
  let taken = 0;

  async function next(): Promise<number> {
    const rows = batches[taken++ % batches.length] ?? [];
    const shape: [number, number] = [rows.length, (rows[0]?.length ?? 1) - 1];
    const ids = tf.tensor2d(Int32Array.from(rows.flatMap(row => row.slice(0, -1))), shape, 'int32');
    const targets = tf.tensor2d(Int32Array.from(rows.flatMap(row => row.slice(1))), shape, 'int32');
    const batch = { ids, targets, lossMask: tf.ones<tf.Rank.R2>(shape) };
    const { loss, gradNorm } = step(batch, rate);
    const value = (await loss.array()) as number;
    tf.dispose([batch, loss, gradNorm]);
    return value;
  }

  return async count => {
    const [ms, losses]: [number[], number[]] = [[], []];
    for (let i = 0; i < count; i++) {
      const began = performance.now();
      losses.push(await next());
      ms.push(performance.now() - began);
    }
    return { ms, losses };
  };
}

await resolveBackend({ prefer: 'tensorflow' });
let steps: Steps | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const request: { start: Start } | { steps: number } | { libraries: true } = JSON.parse(line);
  if ('start' in request) steps = await start(request.start);
  const answer = 'steps' in request ? await steps?.(request.steps) : {};
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
