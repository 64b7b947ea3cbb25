import { contextLength, type Model } from '../model/index.ts';
import type { Settings } from '../runs/index.ts';
import type { Block } from '../tokenize/index.ts';
import { countLossTokens, defaultMicroBatchSize } from './batch.ts';
import { type DataOrder, dataOrder } from './data-order.ts';
import type { FinetuneOptions } from './finetune-options.ts';
import { namedOptimizer } from './named-optimizer.ts';
import { paddingApart } from './padding-apart.ts';
import { BATCH_SIZE, EPOCHS } from './paper.ts';
import { runSettings } from './run-settings.ts';
import { type LearningRateSchedule, learningRateSchedule, type ScheduleOptions } from './schedule.ts';
import type { TrainStepOptions } from './train-step.ts';

/** Run with every default filled in. */
export interface TrainingPlan {
  blocks: readonly Block[];
  order: DataOrder;
  steps: number;
  /** Tokens that the steps up to this one read together. */
  tokensAfter: (step: number) => number;
  microBatchSize: number;
  learningRateAt: LearningRateSchedule;
  stepOptions: TrainStepOptions;
  seed: number;
  evalBlocks: readonly Block[] | undefined;
  /** Steps between two evaluations, samples and checkpoints. */
  evalEvery: number;
  sampleEvery: number;
  checkpointEvery: number;
  /** Evaluations without a lower loss after which training ends. */
  patience: number;
  /** Number of checkpoints to keep. */
  keep: number;
  /** Settings that decide the weights. */
  settings: Settings;
}

/**
 * Fills in the defaults of a run and validates its options.
 *
 * @throws {RangeError} if an option is out of bounds, blocks do not fit the model, or the loss counts no token of them.
 */
export async function trainingPlan(
  model: Model,
  blocks: readonly Block[],
  options: FinetuneOptions,
): Promise<TrainingPlan> {
  const { evalBlocks, seed = 0, batchSize = BATCH_SIZE, patience, keep = 2 } = options;
  requireChoices(options);

  // Data
  requireBlocks(model, blocks, 'the blocks');
  if (evalBlocks) requireBlocks(model, evalBlocks, 'the eval blocks');
  const microBatchSize = Math.min(options.microBatchSize ?? defaultMicroBatchSize(blocks), batchSize);
  const order = dataOrder({ blocks: blocks.length, batchSize, microBatchSize, seed });

  // Cadence
  const { steps: wanted = Math.ceil((options.epochs ?? EPOCHS) * order.stepsPerEpoch) } = options;
  const { maxSteps = wanted } = options;
  const steps = Math.min(wanted, maxSteps);
  const { evalEvery = order.stepsPerEpoch, checkpointEvery = Math.ceil(steps / 10) } = options;
  const { sampleEvery = evalEvery } = options;
  requireCounts({ steps: wanted, maxSteps, evalEvery, sampleEvery, checkpointEvery, patience, keep });
  if (patience !== undefined && !evalBlocks) {
    throw new RangeError('Cannot train: patience requires evalBlocks, got none');
  }
  if (options.sampleEvery !== undefined && !options.sample) {
    throw new RangeError('Cannot train: sampleEvery requires sample, got none');
  }

  // Optimization
  const schedule = scheduleOptions(steps, options);
  const learningRateAt = learningRateSchedule(schedule);
  const stepOptions = trainStepOptions(seed, options);

  const run = {
    blocks,
    evalBlocks,
    batchSize,
    microBatchSize,
    schedule,
    stepOptions,
    evalEvery,
    patience,
    seed,
  };
  return {
    blocks: paddingApart(model.config, blocks),
    order,
    steps,
    tokensAfter: tokensAfter(blocks, batchSize, order),
    microBatchSize,
    learningRateAt,
    stepOptions,
    seed,
    evalBlocks,
    evalEvery,
    sampleEvery,
    checkpointEvery,
    patience: patience ?? Number.POSITIVE_INFINITY,
    keep,
    settings: await runSettings(model, run),
  };
}

function scheduleOptions(
  steps: number,
  { preset, learningRate, warmupSteps, schedule, decaySteps }: FinetuneOptions,
): ScheduleOptions {
  return {
    steps,
    ...(preset && { preset }),
    ...(learningRate !== undefined && { learningRate }),
    ...(warmupSteps !== undefined && { warmupSteps }),
    ...(schedule && { schedule }),
    ...(decaySteps !== undefined && { decaySteps }),
  };
}

function trainStepOptions(seed: number, options: FinetuneOptions): TrainStepOptions {
  const { lora, dropout = 0, gradientCheckpointing = false, matmul = 'float32' } = options;
  const { maxGradNorm, onFallback } = options;
  return {
    optimizer: namedOptimizer(options),
    seed,
    dropout,
    gradientCheckpointing,
    matmul,
    ...(lora && { lora: { seed, ...lora } }),
    ...(maxGradNorm !== undefined && { maxGradNorm }),
    ...(onFallback && { onFallback }),
  };
}

/** Counts the tokens of the first steps: all blocks have one length, and the last step of an epoch may be smaller. */
function tokensAfter(
  blocks: readonly Block[],
  batchSize: number,
  { stepsPerEpoch }: DataOrder,
): TrainingPlan['tokensAfter'] {
  const length = blocks[0]?.ids.length ?? 0;
  return step => {
    const epochs = Math.floor(step / stepsPerEpoch);
    return (epochs * blocks.length + (step % stepsPerEpoch) * batchSize) * length;
  };
}

/** Options that are one of a few words. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  preset: ['paper'],
  optimizer: ['adamw', 'adafactor'],
  weightDecayFor: ['matrices', 'all'],
  matmul: ['float32', 'bfloat16'],
};

function requireChoices(options: FinetuneOptions): void {
  for (const [name, value] of Object.entries(options)) {
    const choices = CHOICES[name];
    if (!choices || typeof value !== 'string' || choices.includes(value)) continue;
    throw new RangeError(`Cannot train: ${name} must be one of ${choices.join(', ')}, got ${value}`);
  }
}

function requireCounts(counts: Readonly<Record<string, number | undefined>>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (value === undefined || (Number.isInteger(value) && value > 0)) continue;
    throw new RangeError(`Cannot train: ${name} must be a whole number above 0, got ${value}`);
  }
}

function requireBlocks({ config }: Model, blocks: readonly Block[], what: string): void {
  const fail = (rule: string, found: string | number) =>
    new RangeError(`Cannot train on ${what}: ${rule}, got ${found}`);
  const length = blocks[0]?.ids.length;
  if (length === undefined) throw fail('there must be at least one', 'none');
  const context = contextLength(config);
  if (length > context) throw fail(`their length must be within the model's context of ${context}`, length);
  for (const { ids, targets } of blocks) {
    if (ids.length !== length) throw fail('they must have one length', `${length} and ${ids.length}`);
    for (const tokens of [ids, targets]) {
      for (const id of tokens) {
        if (id < 0 || id >= config.vocabSize) {
          throw fail(`a token must be below the model's vocabSize of ${config.vocabSize}`, id);
        }
      }
    }
  }
  if (countLossTokens(blocks) === 0) throw fail('the loss must count a token', 'none');
}
