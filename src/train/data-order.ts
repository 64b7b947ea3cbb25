import { seededRandom } from '../stats/index.ts';

/** Options of {@link dataOrder}. */
export interface DataOrderOptions {
  /** Number of blocks. */
  blocks: number;
  /** Blocks in a step. */
  batchSize: number;
  /** Blocks of a step that are in memory at once. */
  microBatchSize: number;
  seed: number;
}

/** Blocks of one step. */
export interface StepBlocks {
  /** Pass over the data, counted from 1. */
  epoch: number;
  /** Indices of blocks, `microBatchSize` in each micro-batch except the last. */
  microBatches: number[][];
}

/** Order of the blocks in training. */
export interface DataOrder {
  /** Steps of one pass over all blocks. */
  readonly stepsPerEpoch: number;
  /** Blocks of the last step of each pass: fewer than `batchSize` if that does not divide their number. */
  readonly lastBatchSize: number;
  /** Returns the blocks of a step, counted from 1; each block occurs in exactly one step of a pass. */
  at(step: number): StepBlocks;
}

/**
 * Orders blocks: every pass shuffles them again. A step's blocks follow from its number alone, so that a run resumes at
 * any step without replaying those before it.
 *
 * @throws {RangeError} if a number is no whole number above 0, or there are no blocks.
 * @example
 * // The 6 blocks that the first two steps of the first pass left.
 * const order = dataOrder({ blocks: 70, batchSize: 32, microBatchSize: 8, seed: 0 });
 * order.at(3).microBatches.flat().length; // 6
 */
export function dataOrder({ blocks, batchSize, microBatchSize, seed }: DataOrderOptions): DataOrder {
  for (const [name, value] of Object.entries({ blocks, batchSize, microBatchSize })) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new RangeError(`Cannot order the data: ${name} must be a whole number above 0, got ${value}`);
  }
  const stepsPerEpoch = Math.ceil(blocks / batchSize);
  const indices = Array.from({ length: blocks }, (_, index) => index);
  // The latest pass is kept: the steps of one pass mostly come one after the other.
  let latest: { epoch: number; shuffled: number[] } | undefined;
  const shuffledIn = (epoch: number): number[] => {
    if (latest?.epoch !== epoch) {
      latest = { epoch, shuffled: seededRandom(`${seed}/epoch ${epoch}`).shuffle(indices) };
    }
    return latest.shuffled;
  };
  return {
    stepsPerEpoch,
    lastBatchSize: blocks - (stepsPerEpoch - 1) * batchSize,
    at: step => {
      if (!(Number.isInteger(step) && step > 0)) {
        throw new RangeError(`Cannot order the data: the step must be counted from 1, got ${step}`);
      }
      const epoch = Math.ceil(step / stepsPerEpoch);
      const start = ((step - 1) % stepsPerEpoch) * batchSize;
      const taken = shuffledIn(epoch).slice(start, start + batchSize);
      const microBatches = Array.from({ length: Math.ceil(taken.length / microBatchSize) }, (_, part) =>
        taken.slice(part * microBatchSize, (part + 1) * microBatchSize),
      );
      return { epoch, microBatches };
    },
  };
}
