import type { Model } from '../model/index.ts';
import type { Settings } from '../runs/index.ts';
import type { Block } from '../tokenize/index.ts';
import { adamw } from './adamw.ts';
import { learnedTokens } from './block-batch.ts';
import { type DataOrder, dataOrder } from './data-order.ts';
import type { FinetuneOptions } from './finetune-options.ts';
import { blocksHash, weightsHash } from './input-hash.ts';
import { microBatchOf } from './micro-batch.ts';
import type { Optimizer } from './optimizer.ts';
import { BATCH_SIZE, EPOCHS } from './paper.ts';
import { parameterScale } from './parameter-scale.ts';
import { type Schedule, schedule } from './schedule.ts';
import type { TrainStepOptions } from './train-step.ts';

/** What a run does, with every default filled in. */
export interface TrainingPlan {
  blocks: readonly Block[];
  order: DataOrder;
  steps: number;
  /** Tokens that all steps read together. */
  tokens: number;
  microBatch: number;
  rate: Schedule;
  stepOptions: TrainStepOptions;
  seed: number;
  heldOut: readonly Block[] | undefined;
  /** Steps between two evaluations, samples and checkpoints. */
  evaluateEvery: number;
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
 * @throws {RangeError} if an option is out of bounds, blocks do not fit the model, or nothing in them is learned.
 */
export async function trainingPlan(
  model: Model,
  blocks: readonly Block[],
  options: FinetuneOptions,
): Promise<TrainingPlan> {
  const paper = options.preset === 'paper';
  const { heldOut, patience = Number.POSITIVE_INFINITY, seed = 0, batch = BATCH_SIZE, keep = 2 } = options;
  requireBlocks(model, blocks, 'the blocks');
  if (heldOut) requireBlocks(model, heldOut, 'the held-out blocks');
  const microBatch = Math.min(options.microBatch ?? microBatchOf(blocks), batch);
  const order = dataOrder({ blocks: blocks.length, batch, microBatch, seed });
  const steps = options.steps ?? Math.ceil((options.epochs ?? EPOCHS) * order.stepsPerEpoch);
  const { evaluateEvery = order.stepsPerEpoch, checkpointEvery = Math.ceil(steps / 10) } = options;
  const { sampleEvery = evaluateEvery } = options;
  for (const [name, value] of Object.entries({
    steps,
    evaluateEvery,
    sampleEvery,
    checkpointEvery,
    patience,
    keep,
  })) {
    if ((Number.isInteger(value) && value > 0) || (name === 'patience' && options.patience === undefined))
      continue;
    throw new RangeError(`Cannot train: a whole number above 0 is required as ${name}, found ${value}`);
  }
  if (options.patience !== undefined && !heldOut) {
    throw new RangeError('Cannot train: held-out blocks are required to stop by patience, found none');
  }
  const { rate, warmup, decay, clip, dropout = 0, onFallback } = options;
  const { checkpointing = false, matmul = 'float32' } = options;
  const lora = options.lora && { seed, ...options.lora };
  const course = {
    steps,
    ...(options.preset && { preset: options.preset }),
    ...(rate !== undefined && { rate }),
    ...(warmup !== undefined && { warmup }),
    ...(decay && { decay }),
  };
  const optimizer = optimizerOf(options.optimizer ?? (paper ? 'parameter-scale' : 'adamw'));
  const stepOptions = {
    optimizer,
    seed,
    dropout,
    checkpointing,
    matmul,
    ...(lora && { lora }),
    ...(clip !== undefined && { clip }),
    ...(onFallback && { onFallback }),
  };
  return {
    blocks,
    order,
    steps,
    tokens: tokensOf(blocks, batch, steps, order),
    microBatch,
    rate: schedule(course),
    stepOptions,
    seed,
    heldOut,
    evaluateEvery,
    sampleEvery,
    checkpointEvery,
    patience,
    keep,
    // What was asked for comes first, so that a refusal names it rather than what follows from it.
    settings: {
      seed,
      blocks: blocks.length,
      learned: learnedTokens(blocks),
      batch,
      microBatch,
      schedule: course,
      optimizer: optimizer.settings ?? 'custom',
      clip: clip ?? 'default',
      dropout,
      checkpointing,
      matmul,
      lora: lora ?? null,
      evaluateEvery: heldOut ? evaluateEvery : null,
      patience: options.patience ?? null,
      data: blocksHash(blocks),
      heldOut: heldOut ? blocksHash(heldOut) : null,
      model: model.config,
      weights: await weightsHash(model),
    },
  };
}

function tokensOf(blocks: readonly Block[], batch: number, steps: number, order: DataOrder): number {
  const passes = Math.floor(steps / order.stepsPerEpoch);
  const rest = (steps % order.stepsPerEpoch) * batch;
  return (passes * blocks.length + rest) * (blocks[0]?.ids.length ?? 0);
}

function optimizerOf(named: 'adamw' | 'parameter-scale' | Optimizer): Optimizer {
  if (typeof named !== 'string') return named;
  return named === 'adamw' ? adamw() : parameterScale();
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
  if (learnedTokens(blocks) === 0) throw fail('a token that is learned', 'none');
}
