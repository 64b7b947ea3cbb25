import * as tf from '@tensorflow/tfjs';
import { dropout } from '../compute/index.ts';
import type { Dropout } from '../model/index.ts';
import { hash64 } from '../stats/index.ts';

/** Shares of elements that are set to zero in training, from 0 up to but not 1. */
export type DropoutRates = Readonly<Record<Parameters<Dropout>[1], number>>;

/** @throws {RangeError} unless it is a share of elements that leaves some. */
export function requireShare(rate: number): void {
  if (rate >= 0 && rate < 1) return;
  throw new RangeError(
    `Cannot train with dropout: a share from 0 up to but not 1 is required, found ${rate}`,
  );
}

/**
 * Dropout whose masks follow from a seed and the places in the model alone: a step taken again, after a resume or
 * to recompute a block, draws the same ones.
 *
 * @param seed int32 [2], of the run and of the step.
 */
export function dropper(rates: DropoutRates, seed: tf.Tensor): Dropout {
  return (x, of, name) => {
    const rate = rates[of];
    return rate > 0 ? dropout(x, rate, seed, streamOf(`${of} ${name}`)) : x;
  };
}

/** A number for each place, 32 bits. */
function streamOf(place: string): number {
  return Number(hash64(place) & 0xffffffffn) | 0;
}

/**
 * The seed of one batch of a step.
 *
 * @param run int32 scalar, see {@link batchSeed}.
 * @param step how many steps were taken, float32 scalar.
 * @returns int32 [2].
 */
export function stepSeed(run: tf.Scalar, step: tf.Tensor): tf.Tensor {
  return tf.stack([run, tf.cast(step, 'int32') as tf.Scalar]);
}

/** The run's seed for the batch of this index within its step: 32 bits, neighbours far apart. */
export function batchSeed(seed: number, index: number): number {
  return (seed + Math.imul(index, 0x9e3779b1)) | 0;
}
