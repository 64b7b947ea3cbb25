import type { ModelSizes } from '../../../model/index.ts';
import { BLOCK_LENGTH } from '../../../tokenize/index.ts';
import { BATCH_SIZE, EPOCHS } from '../../../train/paper.ts';
import type { StudyTraining } from '../../config/checkpoint-study.ts';
import type { Device } from './device.ts';
import { answeringMemory, type Memory, totalOf, trainingMemory } from './memory.ts';
import { readingOperations, trainingOperations } from './operations.ts';

/** What a run is expected to take. */
export interface RunEstimate {
  /** That are read, learned and written; null where that is not known before the data is there. */
  tokens: number | null;
  /** Floating-point operations; null likewise. */
  operations: number | null;
  seconds: number | null;
  /** Bytes at the peak. */
  memory: Memory;
  /** Bytes that it leaves on the disk, and writes at most at a time. */
  disk: { left: number; peak: number };
}

/** What a run asks of a model. */
export interface Questions {
  /** How many prompts. */
  count: number;
  /** Tokens of each. */
  prompt: { mean: number; longest: number };
  /** Most tokens of an answer. */
  answer: number;
  concurrency: number;
}

/** Bytes of a weight in memory and on the disk. */
const FLOAT = 4;

/** Bytes of weights that are read from the disk each second, taken from no measurement. */
const LOADING = 1e9;

/** Seconds that a run takes before it does anything: TensorFlow's start, and compiling its steps. */
const START = 5;

/** Blocks that are in memory at once where a config states none: those of 4,096 tokens, as `finetune` takes them. */
const MICRO_BATCH_TOKENS = 4096;

/** Fine-tuning on so many tokens; null where that is not known. */
export function estimateTraining(
  model: ModelSizes,
  tokens: number | null,
  options: StudyTraining,
  device: Device,
): RunEstimate {
  const { epochs = EPOCHS, batchSize = BATCH_SIZE, gradientCheckpointing = false, lora } = options;
  const sequenceLength = Math.min(options.sequenceLength ?? BLOCK_LENGTH, model.maxPositions);
  const microBatchSize = Math.min(
    options.microBatchSize ?? Math.max(1, Math.floor(MICRO_BATCH_TOKENS / sequenceLength)),
    batchSize,
  );
  const weights = FLOAT * model.weights.all;
  const learned = tokens === null ? null : epochs * tokens;
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
    ...{ tokens: learned, operations, memory },
    seconds:
      operations === null
        ? null
        : START + weights / LOADING + operations / (device.teraflops * 1e12 * device.utilization),
    // A checkpoint of weights and moments, and the one that takes its place; at the end the model.
    disk: { left: weights, peak: 2 * state + weights },
  };
}

/**
 * Answers to prompts, as many side by side as the config says. Reading is bound by operations; each token that is
 * written, by the weights that are read for it, or by operations where many are written side by side.
 */
export function estimateAnswering(model: ModelSizes, asked: Questions, device: Device): RunEstimate {
  const { count, prompt, answer, concurrency } = asked;
  const speed = device.teraflops * 1e12 * device.utilization;
  const length = Math.min(prompt.mean, model.maxPositions);
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

/** A run that computes no model here. */
export function estimateWithoutModel(seconds: number): RunEstimate {
  return { tokens: 0, operations: 0, seconds, memory: {}, disk: { left: 0, peak: 0 } };
}

/** Gigabytes, 10^9, that a run holds at its peak. */
export function gigabytesOf({ memory }: RunEstimate): number {
  return totalOf(memory) / 1e9;
}
