import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { loadModel, type Model, openSafetensors } from '../../../src/model/index.ts';

const GOLDEN = join(import.meta.dirname, '../../golden/models');

/** Steps, sequences and tokens of the recorded training. */
const [STEPS, BATCH, LENGTH] = [20, 2, 12];

export interface RecordedTraining {
  model: Model;
  batches: { ids: tf.Tensor2D; targets: tf.Tensor2D; lossMask: tf.Tensor2D }[];
  /** What PyTorch computed: `loss` and `norm` of each step, `weight NAME` after the last. */
  expected: Map<string, Float32Array>;
}

/** A tiny model before its training, the batches of its first steps, and how PyTorch fared; all to be disposed. */
export async function recordedTraining(name: string, steps = STEPS): Promise<RecordedTraining> {
  const file = await openSafetensors(join(GOLDEN, name, 'training.safetensors'));
  const expected = new Map<string, Float32Array>();
  for (const key of file.tensors.keys())
    expected.set(key, Float32Array.from((await file.read(key)) as Float32Array));
  await file.close();
  const size = BATCH * LENGTH;
  const at = (key: string, step: number, dtype: 'int32' | 'float32') =>
    tf.tensor2d(expected.get(key)?.slice(step * size, (step + 1) * size) ?? [], [BATCH, LENGTH], dtype);
  const batches = Array.from({ length: steps }, (_, step) => ({
    ids: at('ids', step, 'int32'),
    targets: at('targets', step, 'int32'),
    lossMask: at('mask', step, 'float32'),
  }));
  return { model: await loadModel(join(GOLDEN, name)), batches, expected };
}
