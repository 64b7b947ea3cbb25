import type { Rank, Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';

/** Least duration of a measurement, in milliseconds. */
const MEASURED_MS = 500;
/** Rows of the largest matrices: 64 million numbers in 268 MB. */
const LARGEST = 8192;
/** Numbers that are read and written to measure the speed of memory: 256 MB. */
const COPIED = 2 ** 26;

/** Speed of the product of two float32 matrices of this many rows and columns, in 10^12 operations a second. */
export interface ProductSpeed {
  size: number;
  teraflops: number;
}

/** Measures the speed at which the backend in use multiplies matrices: the largest that take a fraction of a second. */
export async function productSpeed(): Promise<ProductSpeed> {
  for (let size = 128; ; size *= 2) {
    const matrix = tf.randomUniform<Rank.R2>([size, size], 0, 1 / size);
    const multiply = () => finish(() => tf.slice(tf.matMul(matrix, matrix), [0, 0], [1, 1]));
    await multiply();
    const { times, ms } = await repeat(multiply, size < LARGEST ? 1 : MEASURED_MS);
    const enough = size === LARGEST || ms / times > MEASURED_MS / 10;
    const final = enough ? await repeat(multiply, MEASURED_MS) : undefined;
    matrix.dispose();
    if (final) return { size, teraflops: (2 * size ** 3 * final.times) / final.ms / 1e9 };
  }
}

/** Measures the bytes that the backend in use reads and writes, 10^9 a second, by copies of a large tensor. */
export async function memorySpeed(): Promise<number> {
  const numbers = tf.zeros([COPIED]);
  const copy = () => finish(() => tf.slice(tf.add(numbers, 1), [0], [1]));
  await copy();
  const { times, ms } = await repeat(copy, MEASURED_MS);
  numbers.dispose();
  return (2 * 4 * COPIED * times) / ms / 1e6;
}

/** Repeats work for at least a duration in milliseconds, by default 500. */
export async function repeat(
  work: () => Promise<unknown>,
  least = MEASURED_MS,
): Promise<{ times: number; ms: number }> {
  const started = performance.now();
  for (let times = 1; ; times++) {
    await work();
    const ms = performance.now() - started;
    if (ms >= least) return { times, ms };
  }
}

/** Computes a corner of a result and waits for its value, and so for all that it depends on. */
async function finish(corner: () => Tensor): Promise<void> {
  const tensor = tf.tidy(corner);
  await tensor.data();
  tensor.dispose();
}
