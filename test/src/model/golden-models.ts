import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { forward, type Model, openSafetensors } from '../../../src/model/index.ts';

/** What Transformers computed, by name. */
export async function recordedTensors(path: string): Promise<Map<string, Float32Array | Int32Array>> {
  const file = await openSafetensors(path);
  const values = new Map<string, Float32Array | Int32Array>();
  for (const name of file.tensors.keys()) {
    const read = await file.read(name);
    if (read instanceof Float32Array || read instanceof Int32Array) values.set(name, read);
  }
  await file.close();
  return values;
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce(
    (largest, value, i) => Math.max(largest, Math.abs(value - (b[i] as number))),
    0,
  );
}

export async function logitsOf({ config, weights }: Model, ids: tf.Tensor2D): Promise<Float32Array> {
  const logits = forward(config, weights, ids);
  const values = await logits.data<'float32'>();
  logits.dispose();
  return values;
}

/** The loss on the tokens, then its gradient for every weight. */
export function lossAndGradients({ config, weights }: Model, ids: tf.Tensor2D): tf.Tensor[] {
  const names = Object.keys(weights);
  const loss = (...given: tf.Tensor[]) => {
    const named = Object.fromEntries(names.map((name, i) => [name, given[i] as tf.Tensor]));
    return nextTokenLoss(forward(config, named, ids), ids);
  };
  const { value, grads } = tf.valueAndGrads(loss)(Object.values(weights));
  return [value, ...grads];
}

/** Mean cross-entropy of each next token, as the recording script computes it. */
function nextTokenLoss(logits: tf.Tensor3D, ids: tf.Tensor2D): tf.Scalar {
  const [batch, length, vocabulary] = logits.shape;
  const before = tf.slice(tf.logSoftmax(logits), [0, 0, 0], [batch, length - 1, vocabulary]);
  const next = tf.oneHot(tf.slice(ids, [0, 1], [batch, length - 1]), vocabulary);
  return tf.neg(tf.div(tf.sum(tf.mul(before, next)), batch * (length - 1)));
}
