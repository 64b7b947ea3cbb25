/** Writes a checkpoint of 4 kB and one of 4 MB into the folder that it is given, and prints what the second met. */
import * as tf from '@tensorflow/tfjs';
import { writeCheckpoint } from '../../../dist/train/checkpoint.js';

await tf.setBackend('cpu');
const [folder = ''] = process.argv.slice(2);

/**
 * @param {number} step
 * @param {number} size
 */
function write(step, size) {
  const tensors = { trained: { weight: tf.fill([size], step) }, state: { step: tf.scalar(step) } };
  return writeCheckpoint(folder, { version: 1, step, seed: 0, settings: {} }, tensors, { keep: 2 });
}

await write(1, 1000);
console.log(
  await write(2, 1_000_000).then(
    () => 'written',
    error => error.message,
  ),
);
