import type { ModelSizes } from '../../model/index.ts';

/** Bytes that a run needs at its peak, by purpose. */
export type Memory = Readonly<Record<string, number>>;

/** Options of training that its memory depends on. */
export interface TrainingShape {
  /** Tokens of a block. */
  sequenceLength: number;
  /** Blocks in memory at once. */
  microBatchSize: number;
  /** True if a step adds up several micro-batches. */
  accumulates: boolean;
  gradientCheckpointing: boolean;
  lora?: { rank: number; targets?: readonly string[] | undefined } | undefined;
}

/** Options of generating texts that its memory depends on. */
export interface AnsweringShape {
  /** Tokens of the longest prompt. */
  prompt: number;
  /** Most tokens of an answer. */
  answer: number;
  /** Prompts side by side. */
  concurrency: number;
}

const FLOAT = 4;

/** TensorFlow's libraries with their threads and buffers, and Node: 0.48 GB on a processor (`data/LOG.md`). */
const RUNTIME = 0.48e9;

/** A cache grows by steps, at most a quarter above what is asked for. */
const CACHE_ROOM = 1.25;

/**
 * Estimates the peak memory of training. Weights, their gradients and AdamW's two moments are float32; a step that adds
 * up parts keeps sums of gradients beside them, and full fine-tuning keeps the base model's own weights. For each token
 * and layer it keeps the inputs of norms and maps, queries, keys and values before and after rotation, and both the
 * scores and the weights of attention; with gradient checkpointing those of one layer, and the input of each. The logits
 * are kept twice, with their gradient.
 *
 * Tests compare it with measured peaks on a processor; no GPU was measured.
 */
export function trainingMemory(model: ModelSizes, shape: TrainingShape, onGpu = false): Memory {
  const { sequenceLength, microBatchSize, accumulates, gradientCheckpointing, lora } = shape;
  const { layers, hiddenSize, vocabSize } = model;
  const weights = FLOAT * model.weights.all;
  const trained = lora ? FLOAT * adapterWeights(model, lora) : weights;
  const tokens = microBatchSize * sequenceLength;
  const layer = FLOAT * tokens * activationsOf(model, sequenceLength);
  const inputs = FLOAT * tokens * hiddenSize;
  return {
    runtime: RUNTIME,
    weights,
    // Full fine-tuning keeps the base model's own; else the host has them twice while they are loaded.
    'copy of weights': lora && onGpu ? 0 : weights,
    adapters: lora ? trained : 0,
    gradients: trained,
    // And their mean, which is clipped.
    'sums of gradients': accumulates ? 2 * trained : 0,
    'optimizer moments': 2 * trained,
    activations: gradientCheckpointing ? layers * inputs + layer : layers * layer,
    logits: 2 * FLOAT * tokens * vocabSize,
  };
}

/**
 * Estimates the peak memory of answering: the weights, twice in the host's memory while they are loaded; keys and values of every
 * token; what one layer holds of the prompts; and the logits of each prompt's last token.
 */
export function answeringMemory(
  model: ModelSizes,
  { prompt, answer, concurrency }: AnsweringShape,
  onGpu = false,
): Memory {
  const weights = FLOAT * model.weights.all;
  const { contextLength, layers, vocabSize } = model;
  const read = Math.min(prompt, contextLength);
  const whole = Math.min(prompt + answer, contextLength);
  return {
    runtime: RUNTIME,
    weights,
    'copy of weights': onGpu ? 0 : weights,
    'keys and values': CACHE_ROOM * FLOAT * concurrency * whole * layers * 2 * model.keyWidth,
    activations: FLOAT * concurrency * read * activationsOf(model, read),
    logits: FLOAT * concurrency * vocabSize,
  };
}

/** Sums up memory, in bytes. */
export function totalOf(memory: Memory): number {
  return Object.values(memory).reduce((total, bytes) => total + bytes, 0);
}

/** Counts the weights of adapters beside a model's linear maps. */
function adapterWeights(
  { blockMaps, layers }: ModelSizes,
  { rank, targets }: NonNullable<TrainingShape['lora']>,
): number {
  const adapted = [...blockMaps].filter(
    ([name]) => targets?.some(target => name === target || name.endsWith(`.${target}`)) ?? true,
  );
  const rows = adapted.reduce((sum, [, { inputs, outputs }]) => sum + inputs + outputs, 0);
  return layers * rank * rows;
}

/** Counts the numbers that one layer keeps of each token for its gradients, in sequences of this length. */
function activationsOf(model: ModelSizes, length: number): number {
  const { hiddenSize, heads, queryWidth, keyWidth, mlpActivations } = model;
  return 4 * hiddenSize + 5 * queryWidth + 3 * keyWidth + mlpActivations + 2 * heads * length;
}
