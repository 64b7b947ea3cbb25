import type { ModelSizes } from '../../model/index.ts';
import { BLOCK_LENGTH } from '../../tokenize/index.ts';
import { BATCH_SIZE, EPOCHS } from '../../train/index.ts';
import type { StudyTraining } from '../config/checkpoint-study.ts';
import type { Device } from './device.ts';
import { answeringMemory, type Memory, totalOf, trainingMemory } from './memory.ts';
import { readingOperations, trainingOperations } from './operations.ts';

/** Expected requirements of a run. */
export interface RunEstimate {
  /** Tokens that are read, trained on and generated; null where they are unknown before the data are available. */
  tokens: number | null;
  /** Floating-point operations; null likewise. */
  operations: number | null;
  seconds: number | null;
  /** Bytes at the peak. */
  memory: Memory;
  /** Bytes that it leaves on the disk, and most bytes that it uses there at a time. */
  disk: { left: number; peak: number };
}

/** Prompts of a run and lengths of their answers. */
export interface Questions {
  /** Number of prompts. */
  count: number;
  /** Tokens of each. */
  prompt: { mean: number; longest: number };
  /** Most tokens of an answer. */
  answer: number;
  concurrency: number;
}

/** Bytes of a weight in memory and on the disk. */
const FLOAT = 4;

/** Bytes of weights that are read from the disk each second, an assumption. */
const LOADING = 1e9;

/** Seconds of a run's start: of TensorFlow, and of compiling its steps. */
const START = 5;

/** Tokens of the blocks in memory at once, unless a config states it: the default of `finetune`. */
const MICRO_BATCH_TOKENS = 4096;

/** Estimates fine-tuning. @param tokens of the data; null where they are unknown. */
export function estimateTraining(
  model: ModelSizes,
  tokens: number | null,
  options: StudyTraining,
  device: Device,
): RunEstimate {
  const { epochs = EPOCHS, batchSize = BATCH_SIZE, gradientCheckpointing = false, lora } = options;
  const { maxSteps = Number.POSITIVE_INFINITY } = options;
  const sequenceLength = Math.min(options.sequenceLength ?? BLOCK_LENGTH, model.contextLength);
  const microBatchSize = Math.min(
    options.microBatchSize ?? Math.max(1, Math.floor(MICRO_BATCH_TOKENS / sequenceLength)),
    batchSize,
  );
  const weights = FLOAT * model.weights.all;
  const learned = tokens === null ? null : Math.min(epochs * tokens, maxSteps * batchSize * sequenceLength);
  const operations =
    learned === null
      ? null
      : trainingOperations(model, {
          tokens: learned,
          sequenceLength,
          gradientCheckpointing,
          lora: lora !== undefined,
        });
  const memory = trainingMemory(
    model,
    { sequenceLength, microBatchSize, accumulates: microBatchSize < batchSize, gradientCheckpointing, lora },
    device.gpu,
  );
  const state = lora ? 3 * (memory.adapters ?? 0) : 3 * weights;
  return {
    tokens: learned,
    operations,
    memory,
    seconds:
      operations === null
        ? null
        : START + weights / LOADING + operations / (device.teraflops * 1e12 * device.utilization),
    // A checkpoint of weights and moments, and the one that takes its place; at the end the model.
    disk: { left: weights, peak: 2 * state + weights },
  };
}

/**
 * Estimates answering prompts, `concurrency` of them side by side. Reading is bound by operations; each token that is
 * written, by the weights that are read for it, or by operations where many are written side by side.
 */
export function estimateAnswering(model: ModelSizes, asked: Questions, device: Device): RunEstimate {
  const { count, prompt, answer, concurrency } = asked;
  const speed = device.teraflops * 1e12 * device.utilization;
  const length = Math.min(prompt.mean, model.contextLength);
  const weights = FLOAT * model.weights.all;
  const read = readingOperations(model, { tokens: count * length, sequenceLength: length, logits: false });
  const once = readingOperations(model, { tokens: concurrency, sequenceLength: length });
  const steps = Math.ceil(count / concurrency) * answer;
  const writing = steps * Math.max(once / speed, weights / (device.bandwidth * 1e9));
  return {
    tokens: count * (length + answer),
    operations: read + steps * once,
    seconds: START + weights / LOADING + read / speed + writing,
    memory: answeringMemory(model, { prompt: prompt.longest, answer, concurrency }, device.gpu),
    disk: { left: 0, peak: 0 },
  };
}

/** Estimates a run that computes no model here. */
export function estimateWithoutModel(seconds: number): RunEstimate {
  return { tokens: 0, operations: 0, seconds, memory: {}, disk: { left: 0, peak: 0 } };
}

/** Returns the gigabytes, 10^9 bytes, that a run needs at its peak. */
export function gigabytesOf({ memory }: RunEstimate): number {
  return totalOf(memory) / 1e9;
}
