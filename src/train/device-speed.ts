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

/** Attempts at a product to find its duration: another process may interrupt some of them. */
const ATTEMPTS = 3;

/**
 * Measures the speed at which the backend in use multiplies matrices: the largest that take a fraction of a second.
 *
 * @param least duration of the measurement in milliseconds, default 500; on a machine that does other work, seconds.
 */
export async function productSpeed(least = MEASURED_MS): Promise<ProductSpeed> {
  for (let size = 128; ; size *= 2) {
    const matrix = tf.randomUniform<Rank.R2>([size, size], 0, 1 / size);
    const multiply = () => finish(() => tf.slice(tf.matMul(matrix, matrix), [0, 0], [1, 1]));
    await multiply();
    const enough = size === LARGEST || (await shortest(multiply)) > MEASURED_MS / 10;
    const final = enough ? await repeat(multiply, least) : undefined;
    matrix.dispose();
    if (final) return { size, teraflops: (2 * size ** 3 * final.times) / final.ms / 1e9 };
  }
}

/**
 * Measures the bytes that the backend in use reads and writes, 10^9 a second, by copies of a large tensor.
 *
 * @param least as of {@link productSpeed}.
 */
export async function memorySpeed(least = MEASURED_MS): Promise<number> {
  const numbers = tf.zeros([COPIED]);
  const copy = () => finish(() => tf.slice(tf.add(numbers, 1), [0], [1]));
  await copy();
  const { times, ms } = await repeat(copy, least);
  numbers.dispose();
  return (2 * 4 * COPIED * times) / ms / 1e6;
}

/** Measures the milliseconds of work by the fastest of a few attempts: one that was interrupted takes longer. */
async function shortest(work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) least = Math.min(least, (await repeat(work, 0)).ms);
  return least;
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
