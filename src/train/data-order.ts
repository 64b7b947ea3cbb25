import { seededRandom } from '../stats/index.ts';

/** What decides in which order blocks are learned. */
export interface DataOrderOptions {
  /** Number of blocks. */
  blocks: number;
  /** Blocks that one step learns from. */
  batchSize: number;
  /** Blocks of a step that are in memory at once. */
  microBatchSize: number;
  seed: number;
}

/** The blocks of one step. */
export interface StepBlocks {
  /** Which pass through the data the step belongs to, counted from 1. */
  epoch: number;
  /** Indices of blocks, `microBatchSize` in each part but the last. */
  microBatches: number[][];
}

/** In which order blocks are learned. */
export interface DataOrder {
  /** Steps of one pass through all blocks. */
  readonly stepsPerEpoch: number;
  /** Blocks of the last step of each pass: fewer than `batchSize`, where that does not divide them. */
  readonly lastBatchSize: number;
  /** The blocks of a step, counted from 1; each block stands in exactly one step of a pass. */
  at(step: number): StepBlocks;
}

/**
 * The order of blocks: every pass shuffles them anew. A step's blocks follow from its number alone, so that a run
 * goes on from any step without replaying those before it.
 *
 * @throws {RangeError} if a number is no whole number above 0, or there are no blocks.
 * @example
 * const order = dataOrder({ blocks: 70, batchSize: 32, microBatchSize: 8, seed: 0 });
 * order.at(3).parts; // the 6 blocks that the first two steps of the first pass left
 */
export function dataOrder({ blocks, batchSize, microBatchSize, seed }: DataOrderOptions): DataOrder {
  for (const [name, value] of Object.entries({ blocks, batchSize, microBatchSize })) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new RangeError(
      `Cannot order the data: a whole number above 0 is required as ${name}, found ${value}`,
    );
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
        throw new RangeError(`Cannot order the data: a step counted from 1 is required, found ${step}`);
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
