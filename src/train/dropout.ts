import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { dropout, tf } from '../compute/index.ts';
import type { Dropout } from '../model/index.ts';
import { hash64 } from '../stats/index.ts';

/** Dropout rates in training: shares of elements that are set to zero, at least 0 and below 1. */
export type DropoutRates = Readonly<Record<Parameters<Dropout>[1], number>>;

/** Requires a dropout rate. @throws {RangeError} unless it is at least 0 and below 1. */
export function requireDropoutRate(rate: number): void {
  if (rate >= 0 && rate < 1) return;
  throw new RangeError(`Cannot train with dropout: the rate must be at least 0 and below 1, got ${rate}`);
}

/**
 * Makes dropout whose masks follow from a seed and the places in the model alone: a step that is repeated, after a
 * resume or to recompute a block, draws the same masks.
 *
 * @param seed int32 [2], of the run and of the step.
 */
export function dropper(rates: DropoutRates, seed: Tensor): Dropout {
  return (x, of, name) => {
    const rate = rates[of];
    return rate > 0 ? dropout(x, rate, seed, streamOf(`${of} ${name}`)) : x;
  };
}

/** Returns a number for each place, 32 bits. */
function streamOf(place: string): number {
  return Number(hash64(place) & 0xffffffffn) | 0;
}

/**
 * Returns the seed of one batch of a step.
 *
 * @param run int32 scalar, see {@link batchSeed}.
 * @param step steps taken, float32 scalar.
 * @returns int32 [2].
 */
export function stepSeed(run: Scalar, step: Tensor): Tensor {
  return tf.stack([run, tf.cast(step, 'int32') as Scalar]);
}

/** Returns the run's seed for the batch of this index within its step: 32 bits, neighbours far apart. */
export function batchSeed(seed: number, index: number): number {
  return (seed + Math.imul(index, 0x9e3779b1)) | 0;
}
