import * as tf from '@tensorflow/tfjs';
import {
  type BackendName,
  describeBackends,
  type ResolvedBackend,
  resolveBackend,
} from '../compute/index.ts';
import { initialise, type ModelConfig } from '../model/index.ts';
import { seededRandom } from '../stats/index.ts';
import { adamw } from './adamw.ts';
import type { Batch } from './batch.ts';
import { trainStep } from './train-step.ts';

/** What a backend does of what training needs. */
export interface SelfTest {
  backend: ResolvedBackend;
  /** Whether its losses are those of the backend `cpu`. */
  agrees: boolean;
  /** Loss of each of the same steps of training, in nats, here and on `cpu`. */
  losses: { here: number[]; cpu: number[] };
  /** The largest difference of two losses, and the largest that is allowed. */
  difference: number;
  tolerance: number;
  /** The product of two float32 matrices of this many rows and columns, in 10^12 operations a second. */
  product: { size: number; teraflops: number };
  /** Training of this model in tokens a second. */
  training: { model: string; tokensPerSecond: number };
}

/** Steps whose losses are compared. */
const STEPS = 20;
/** Allowed difference of losses: float32 sums in another order; an NVIDIA GPU's products keep 10 bits (TF32). */
const TOLERANCE = 1e-3;
const TF32_TOLERANCE = 1e-2;

/** Small enough for the backend `cpu`, and for the first minute of a new machine. */
const TINY: Shape = { vocabSize: 64, hiddenSize: 32, layers: 1, heads: 4, length: 16, batch: 4 };
/** Large enough for a GPU to show what it can. */
const MEDIUM: Shape = { vocabSize: 8192, hiddenSize: 512, layers: 6, heads: 8, length: 256, batch: 4 };

interface Shape {
  vocabSize: number;
  hiddenSize: number;
  layers: number;
  heads: number;
  length: number;
  batch: number;
}

/**
 * Trains a tiny GPT-2 on a backend and on `cpu`, compares their losses, and measures how fast the backend is.
 * The backend stays the one in use.
 *
 * @throws {Error} if the backend does not stand, or fails at any point.
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
 * The fastest backend that computes on a GPU.
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

/** Losses of a model's first steps on a text of numbers, each of which follows from the one before. */
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

function configOf({ vocabSize, hiddenSize, layers, heads, length }: Shape): ModelConfig {
  return {
    architecture: 'gpt2',
    vocabSize,
    maxPositions: length,
    hiddenSize,
    layers,
    heads,
    intermediateSize: 4 * hiddenSize,
    normEpsilon: 1e-5,
    tieWordEmbeddings: true,
  };
}

/** Rows that begin anywhere and go on by one number each, so that the next is known. */
function nextBatch({ vocabSize, length, batch }: Shape, { integer }: ReturnType<typeof seededRandom>): Batch {
  const ids = Array.from({ length: batch }, () => {
    const first = integer(vocabSize);
    return Array.from({ length: length + 1 }, (_, i) => (first + i) % vocabSize);
  });
  const part = (start: number) =>
    tf.tensor2d(
      ids.map(row => row.slice(start, start + length)),
      [batch, length],
      'int32',
    );
  return { ids: part(0), targets: part(1), lossMask: tf.ones([batch, length]) };
}

/** How long a measurement goes on, in milliseconds, at the least. */
const MEASURED_MS = 500;
/** The largest matrices: 64 million numbers in 268 MB. */
const LARGEST = 8192;

/**
 * How fast the backend in use multiplies float32 matrices: the largest that it multiplies in a moment.
 *
 * @returns rows of the matrices, and 10^12 operations a second.
 */
export async function productSpeed(): Promise<SelfTest['product']> {
  for (let size = 128; ; size *= 2) {
    const matrix = tf.randomUniform<tf.Rank.R2>([size, size], 0, 1 / size);
    const multiply = async () => {
      const corner = tf.tidy(() => tf.slice(tf.matMul(matrix, matrix), [0, 0], [1, 1]));
      // What waits for a value waits for the product.
      await corner.data();
      corner.dispose();
    };
    await multiply();
    const { times, ms } = await repeat(multiply, size < LARGEST ? 1 : MEASURED_MS);
    const enough = size === LARGEST || ms / times > MEASURED_MS / 10;
    const final = enough ? await repeat(multiply, MEASURED_MS) : undefined;
    matrix.dispose();
    if (final) return { size, teraflops: (2 * size ** 3 * final.times) / final.ms / 1e9 };
  }
}

/** Numbers that are read and written to tell a memory's speed: 256 MB. */
const COPIED = 2 ** 26;

/** Bytes that the backend in use reads and writes, 10^9 a second: each number of a large tensor once and again. */
export async function memorySpeed(): Promise<number> {
  const numbers = tf.zeros([COPIED]);
  const copy = async () => {
    const corner = tf.tidy(() => tf.slice(tf.add(numbers, 1), [0], [1]));
    await corner.data();
    corner.dispose();
  };
  await copy();
  const { times, ms } = await repeat(copy, MEASURED_MS);
  numbers.dispose();
  return (2 * 4 * COPIED * times) / ms / 1e6;
}

async function trainingSpeed(shape: Shape): Promise<SelfTest['training']> {
  const training = startTraining(shape);
  // The first steps compile.
  for (let step = 0; step < 3; step++) await training.step();
  const { times, ms } = await repeat(training.step, 4 * MEASURED_MS);
  training.dispose();
  const { vocabSize, hiddenSize, layers, heads, length, batch } = shape;
  const size = `layers ${layers}, width ${hiddenSize}, heads ${heads}, vocabulary ${vocabSize}`;
  const model = `GPT-2 (${size}), ${batch} × ${length} tokens a step`;
  return { model, tokensPerSecond: (1000 * times * batch * length) / ms };
}

/** Does the work again and again, for as long as this at the least. */
async function repeat(work: () => Promise<unknown>, least: number): Promise<{ times: number; ms: number }> {
  const started = performance.now();
  for (let times = 1; ; times++) {
    await work();
    const ms = performance.now() - started;
    if (ms >= least) return { times, ms };
  }
}
