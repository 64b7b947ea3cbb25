import * as tf from '@tensorflow/tfjs';

/** How many tensors TensorFlow itself holds for us. */
export function handleCount(): number {
  const { addon } = tf.backend() as unknown as { addon: { getNumOfTensors(): number } };
  return addon.getNumOfTensors();
}
