import { createHash } from 'node:crypto';
import type { Model } from '../model/index.ts';
import type { Settings } from '../runs/index.ts';
import type { Block } from '../tokenize/index.ts';
import { countLossTokens } from './batch.ts';
import type { ScheduleOptions } from './schedule.ts';
import type { TrainStepOptions } from './train-step.ts';

/** Options of a run that decide its weights, with every default filled in. */
export interface RunOptions {
  blocks: readonly Block[];
  evalBlocks: readonly Block[] | undefined;
  batchSize: number;
  microBatchSize: number;
  schedule: ScheduleOptions;
  stepOptions: TrainStepOptions;
  evalEvery: number;
  /** Undefined without early stopping. */
  patience: number | undefined;
  seed: number;
}

/**
 * Lists the settings that decide the weights of a run, with hashes of its data and of the model it starts from: runs
 * with the same settings have the same weights.
 */
export async function runSettings(model: Model, options: RunOptions): Promise<Settings> {
  const { blocks, evalBlocks, batchSize, microBatchSize, schedule, stepOptions, evalEvery, patience, seed } =
    options;
  const { optimizer, maxGradNorm, dropout, gradientCheckpointing, matmul, lora } = stepOptions;
  // The options come first, so that a refusal names them rather than the hashes that follow from them.
  return {
    seed,
    blocks: blocks.length,
    lossTokens: countLossTokens(blocks),
    batchSize,
    microBatchSize,
    schedule,
    optimizer: optimizer.settings ?? 'custom',
    maxGradNorm: maxGradNorm ?? 'default',
    dropout,
    gradientCheckpointing,
    matmul,
    lora: lora ?? null,
    evalEvery: evalBlocks ? evalEvery : null,
    patience: patience ?? null,
    data: blocksHash(blocks),
    evalData: evalBlocks ? blocksHash(evalBlocks) : null,
    model: model.config,
    weights: await weightsHash(model),
  };
}

/** SHA-256 of blocks: tokens, targets, loss mask and positions, in their order; 64 hexadecimal digits. */
function blocksHash(blocks: readonly Block[]): string {
  const hash = createHash('sha256');
  for (const { ids, targets, lossMask, positions } of blocks) {
    hash.update(`${ids.length};`).update(ids).update(targets).update(lossMask);
    if (positions) hash.update(positions);
  }
  return hash.digest('hex');
}

/** SHA-256 of the names, shapes and elements of weights: half a minute for 7 billion. */
async function weightsHash({ weights }: Model): Promise<string> {
  const hash = createHash('sha256');
  for (const name of Object.keys(weights).sort()) {
    const weight = weights[name];
    if (!weight) continue;
    const { buffer, byteOffset, byteLength } = await weight.data();
    hash.update(`${name} ${weight.shape};`).update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
