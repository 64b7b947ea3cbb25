import type { Model } from '../model/index.ts';
import type { Settings } from '../runs/index.ts';
import type { Block } from '../tokenize/index.ts';
import { adafactor } from './adafactor.ts';
import { adamw } from './adamw.ts';
import { countLossTokens } from './block-batch.ts';
import { type DataOrder, dataOrder } from './data-order.ts';
import type { FinetuneOptions } from './finetune-options.ts';
import { blocksHash, weightsHash } from './input-hash.ts';
import { defaultMicroBatchSize } from './micro-batch.ts';
import type { Optimizer } from './optimizer.ts';
import { BATCH_SIZE, EPOCHS } from './paper.ts';
import { type LearningRateSchedule, learningRateSchedule } from './schedule.ts';
import type { TrainStepOptions } from './train-step.ts';

/** What a run does, with every default filled in. */
export interface TrainingPlan {
  blocks: readonly Block[];
  order: DataOrder;
  steps: number;
  /** Tokens that all steps read together. */
  tokens: number;
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
  /** Checkpoints that stay. */
  keep: number;
  settings: Settings;
}

/**
 * Fills in the defaults of a run and holds its options to what they may be.
 *
 * @throws {RangeError} if an option is out of bounds, blocks do not fit the model, or the loss counts no token of them.
 */
export async function trainingPlan(
  model: Model,
  blocks: readonly Block[],
  options: FinetuneOptions,
): Promise<TrainingPlan> {
  const paper = options.preset === 'paper';
  const {
    evalBlocks,
    patience = Number.POSITIVE_INFINITY,
    seed = 0,
    batchSize = BATCH_SIZE,
    keep = 2,
  } = options;
  requireBlocks(model, blocks, 'the blocks');
  if (evalBlocks) requireBlocks(model, evalBlocks, 'the eval blocks');
  const microBatchSize = Math.min(options.microBatchSize ?? defaultMicroBatchSize(blocks), batchSize);
  const order = dataOrder({ blocks: blocks.length, batchSize, microBatchSize, seed });
  const steps = options.steps ?? Math.ceil((options.epochs ?? EPOCHS) * order.stepsPerEpoch);
  const { evalEvery = order.stepsPerEpoch, checkpointEvery = Math.ceil(steps / 10) } = options;
  const { sampleEvery = evalEvery } = options;
  for (const [name, value] of Object.entries({
    steps,
    evalEvery,
    sampleEvery,
    checkpointEvery,
    patience,
    keep,
  })) {
    if ((Number.isInteger(value) && value > 0) || (name === 'patience' && options.patience === undefined))
      continue;
    throw new RangeError(`Cannot train: a whole number above 0 is required as ${name}, found ${value}`);
  }
  if (options.patience !== undefined && !evalBlocks) {
    throw new RangeError('Cannot train: evalBlocks are required to stop by patience, found none');
  }
  const { learningRate, warmupSteps, schedule, maxGradNorm, dropout = 0, onFallback } = options;
  const { gradientCheckpointing = false, matmul = 'float32' } = options;
  const lora = options.lora && { seed, ...options.lora };
  const scheduleOptions = {
    steps,
    ...(options.preset && { preset: options.preset }),
    ...(learningRate !== undefined && { learningRate }),
    ...(warmupSteps !== undefined && { warmupSteps }),
    ...(schedule && { schedule }),
  };
  const optimizer = optimizerOf(options.optimizer ?? (paper ? 'adafactor' : 'adamw'));
  const stepOptions = {
    optimizer,
    seed,
    dropout,
    gradientCheckpointing,
    matmul,
    ...(lora && { lora }),
    ...(maxGradNorm !== undefined && { maxGradNorm }),
    ...(onFallback && { onFallback }),
  };
  return {
    blocks,
    order,
    steps,
    tokens: tokensOf(blocks, batchSize, steps, order),
    microBatchSize,
    learningRateAt: learningRateSchedule(scheduleOptions),
    stepOptions,
    seed,
    evalBlocks,
    evalEvery,
    sampleEvery,
    checkpointEvery,
    patience,
    keep,
    // What was asked for comes first, so that a refusal names it rather than what follows from it.
    settings: {
      seed,
      blocks: blocks.length,
      lossTokens: countLossTokens(blocks),
      batchSize,
      microBatchSize,
      schedule: scheduleOptions,
      optimizer: optimizer.settings ?? 'custom',
      maxGradNorm: maxGradNorm ?? 'default',
      dropout,
      gradientCheckpointing,
      matmul,
      lora: lora ?? null,
      evalEvery: evalBlocks ? evalEvery : null,
      patience: options.patience ?? null,
      data: blocksHash(blocks),
      evalBlocks: evalBlocks ? blocksHash(evalBlocks) : null,
      model: model.config,
      weights: await weightsHash(model),
    },
  };
}

function tokensOf(blocks: readonly Block[], batchSize: number, steps: number, order: DataOrder): number {
  const passes = Math.floor(steps / order.stepsPerEpoch);
  const rest = (steps % order.stepsPerEpoch) * batchSize;
  return (passes * blocks.length + rest) * (blocks[0]?.ids.length ?? 0);
}

function optimizerOf(named: 'adamw' | 'adafactor' | Optimizer): Optimizer {
  if (typeof named !== 'string') return named;
  return named === 'adamw' ? adamw() : adafactor({ multiplyByParameterScale: true });
}

function requireBlocks({ config }: Model, blocks: readonly Block[], what: string): void {
  const fail = (required: string, found: string | number) =>
    new RangeError(`Cannot train on ${what}: ${required} is required, found ${found}`);
  const length = blocks[0]?.ids.length;
  if (length === undefined) throw fail('at least one', 'none');
  if (length > config.maxPositions)
    throw fail(`a length within the model's context of ${config.maxPositions}`, length);
  for (const { ids, targets } of blocks) {
    if (ids.length !== length) throw fail('one length', `${length} and ${ids.length}`);
    for (const tokens of [ids, targets]) {
      for (const id of tokens) {
        if (id < 0 || id >= config.vocabSize)
          throw fail(`a token below the vocabulary of ${config.vocabSize}`, id);
      }
    }
  }
  if (countLossTokens(blocks) === 0) throw fail('a token that the loss counts', 'none');
}
