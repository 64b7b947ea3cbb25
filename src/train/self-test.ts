import {
  type BackendName,
  describeBackends,
  type ResolvedBackend,
  resolveBackend,
  tf,
} from '../compute/index.ts';
import { initialise, type ModelConfig } from '../model/index.ts';
import { seededRandom } from '../stats/index.ts';
import { adamw } from './adamw.ts';
import type { Batch } from './batch.ts';
import { type ProductSpeed, productSpeed, repeat } from './device-speed.ts';
import { trainStep } from './train-step.ts';

/** Result of {@link selfTest}. */
export interface SelfTest {
  backend: ResolvedBackend;
  /** True if its losses are those of the backend `cpu`, within `tolerance`. */
  agrees: boolean;
  /** Loss of each of the same steps of training, in nats, here and on `cpu`. */
  losses: { here: number[]; cpu: number[] };
  /** The largest difference of two losses, and the largest that is allowed. */
  difference: number;
  tolerance: number;
  product: ProductSpeed;
  /** Speed of training this model, in tokens a second. */
  training: { model: string; tokensPerSecond: number };
}

/** Least duration of the measurement of training, in milliseconds. */
const MEASURED_MS = 2000;
/** Steps whose losses are compared. */
const STEPS = 20;
/** Allowed difference of losses: float32 sums in another order; an NVIDIA GPU's products keep 10 bits (TF32). */
const TOLERANCE = 1e-3;
const TF32_TOLERANCE = 1e-2;

/** Model that is small enough for the backend `cpu`, and for the first minute of a new machine. */
const TINY: Shape = { vocabSize: 64, hiddenSize: 32, layers: 1, heads: 4, sequenceLength: 16, batchSize: 4 };
/** Model that is large enough to use a GPU. */
const MEDIUM: Shape = {
  vocabSize: 8192,
  hiddenSize: 512,
  layers: 6,
  heads: 8,
  sequenceLength: 256,
  batchSize: 4,
};

interface Shape {
  vocabSize: number;
  hiddenSize: number;
  layers: number;
  heads: number;
  sequenceLength: number;
  batchSize: number;
}

/**
 * Trains a tiny GPT-2 on a backend and on `cpu`, compares their losses, and measures the speed of the backend,
 * which is in use afterwards.
 *
 * @throws {Error} if the backend is not available, or fails.
 */
export async function selfTest(name: BackendName): Promise<SelfTest> {
  await resolveBackend({ prefer: 'cpu' });
  const cpu = await losses(TINY, STEPS);
  const backend = await resolveBackend({ prefer: name });
  const here = await losses(TINY, STEPS);
  const difference = Math.max(...here.map((loss, step) => Math.abs(loss - (cpu[step] ?? Number.NaN))));
  const tolerance = name === 'tensorflow' && backend.gpu ? TF32_TOLERANCE : TOLERANCE;
  return {
    backend,
    agrees: difference <= tolerance,
    losses: { here, cpu },
    difference,
    tolerance,
    product: await productSpeed(),
    training: await trainingSpeed(backend.gpu ? MEDIUM : TINY),
  };
}

/**
 * Finds the fastest backend that computes on a GPU.
 *
 * @throws {Error} if there is none, saying why of each backend.
 */
export async function findGpu(): Promise<BackendName> {
  for (const name of ['tensorflow', 'webgpu'] as const) {
    const found = await resolveBackend({ prefer: name }).catch(() => undefined);
    if (found?.gpu) return name;
  }
  const lines = await describeBackends();
  throw new Error(`There is no GPU that models could compute on: ${lines.join('; ')}`);
}

/** Trains a model on sequences in which each number follows from the one before. @returns the loss of each step. */
async function losses(shape: Shape, steps: number): Promise<number[]> {
  const training = startTraining(shape);
  const found: number[] = [];
  for (let step = 0; step < steps; step++) found.push(await training.step());
  training.dispose();
  return found;
}

function startTraining(shape: Shape): { step(): Promise<number>; dispose(): void } {
  const model = { config: configOf(shape), weights: initialise(configOf(shape), 'self-test') };
  const train = trainStep(model, { optimizer: adamw(), onFallback: () => undefined });
  const generator = seededRandom('self-test');
  return {
    async step() {
      const batch = nextBatch(shape, generator);
      const { loss, gradNorm } = train(batch, 1e-2);
      const [value = Number.NaN] = await loss.data();
      tf.dispose([{ ...batch }, loss, gradNorm]);
      return value;
    },
    dispose() {
      train.dispose();
      tf.dispose(model.weights);
    },
  };
}

function configOf({ vocabSize, hiddenSize, layers, heads, sequenceLength }: Shape): ModelConfig {
  return {
    architecture: 'gpt2',
    vocabSize,
    maxPositions: sequenceLength,
    hiddenSize,
    layers,
    heads,
    intermediateSize: 4 * hiddenSize,
    normEpsilon: 1e-5,
    tieWordEmbeddings: true,
  };
}

/** Draws rows that start at a random number and count up from it, so that the next token is known. */
function nextBatch(
  { vocabSize, sequenceLength, batchSize }: Shape,
  { integer }: ReturnType<typeof seededRandom>,
): Batch {
  const ids = Array.from({ length: batchSize }, () => {
    const first = integer(vocabSize);
    return Array.from({ length: sequenceLength + 1 }, (_, i) => (first + i) % vocabSize);
  });
  const part = (start: number) =>
    tf.tensor2d(
      ids.map(row => row.slice(start, start + sequenceLength)),
      [batchSize, sequenceLength],
      'int32',
    );
  return { ids: part(0), targets: part(1), lossMask: tf.ones([batchSize, sequenceLength]) };
}

async function trainingSpeed(shape: Shape): Promise<SelfTest['training']> {
  const training = startTraining(shape);
  // The first steps compile.
  for (let step = 0; step < 3; step++) await training.step();
  const { times, ms } = await repeat(training.step, MEASURED_MS);
  training.dispose();
  const { vocabSize, hiddenSize, layers, heads, sequenceLength, batchSize } = shape;
  const size = `layers ${layers}, hidden size ${hiddenSize}, heads ${heads}, vocabulary ${vocabSize}`;
  const model = `GPT-2 (${size}), ${batchSize} × ${sequenceLength} tokens a step`;
  return { model, tokensPerSecond: (1000 * times * batchSize * sequenceLength) / ms };
}
