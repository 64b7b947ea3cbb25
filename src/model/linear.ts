import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { type Adapter, adapterOf } from './adapter.ts';
import { type Dropout, noDropout, type Weights, weightOf } from './network.ts';

/**
 * Applies a linear map to the last dimension, and adds what an adapter adds to it. The two are never one matrix, so
 * that training forms neither the sum nor a gradient in its shape.
 *
 * @param name of the map: its matrix, float32, is `NAME.weight`: [O, I] as PyTorch's Linear has it; [I, O] if not
 *   transposed, as GPT-2's Conv1D.
 * @param x float32 [B, T, I].
 * @returns float32 [B, T, O].
 */
export function linear(
  weights: Weights,
  name: string,
  x: Tensor3D,
  transposed: boolean,
  dropout: Dropout = noDropout,
): Tensor3D {
  const [batch, length, inputs] = x.shape;
  const matrix = weightOf(weights, `${name}.weight`) as Tensor2D;
  // One matrix product over all positions: a batch of products would copy the weight for each of the batch.
  const flat = tf.reshape(x, [batch * length, inputs]) as Tensor2D;
  const mapped = tf.matMul(flat, matrix, false, transposed);
  const adapter = adapterOf(weights, name);
  const whole = adapter ? tf.add(mapped, adapted(dropout(flat, 'adapter', name), adapter)) : mapped;
  return tf.reshape(whole, [batch, length, mapped.shape[1] as number]);
}

/** Applies an adapter, and scales where it is narrowest. */
function adapted(x: Tensor2D, { a, b, scale }: Adapter): Tensor2D {
  return tf.matMul(tf.mul(tf.matMul(x, a, false, true), scale), b, false, true);
}
