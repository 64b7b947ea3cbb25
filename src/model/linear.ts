import * as tf from '@tensorflow/tfjs';

/**
 * A linear map of the last dimension.
 *
 * @param x float32 [B, T, I].
 * @param weight float32 [O, I] as PyTorch's Linear has it; [I, O] if not transposed, as GPT-2's Conv1D.
 * @returns float32 [B, T, O].
 */
export function linear(x: tf.Tensor3D, weight: tf.Tensor, transposed: boolean): tf.Tensor3D {
  const [batch, length, width] = x.shape;
  // One matrix product over all positions: a batch of products would copy the weight for each of the batch.
  const flat = tf.matMul(tf.reshape(x, [batch * length, width]), weight as tf.Tensor2D, false, transposed);
  return tf.reshape(flat, [batch, length, flat.shape[1] as number]);
}
