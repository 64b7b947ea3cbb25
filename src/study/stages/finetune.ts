import { join } from 'node:path';
import { nestedSubsets } from '../../data/index.ts';
import { defineStage, optionalFrom, type RunResult } from '../../jobs/index.ts';
import {
  boolean,
  either,
  list,
  literal,
  nullable,
  number,
  object,
  optional,
  record,
  string,
} from '../../runs/index.ts';
import type { Dialogue } from '../../schema.ts';
import { seededRandom } from '../../stats/index.ts';
import { BLOCK_LENGTH, type Block, encodeDialogue, packDialogues, packTokens } from '../../tokenize/index.ts';
import { SCHEDULES } from '../../train/index.ts';
import type { Instruction } from '../../world/index.ts';
import type { StudyTraining } from '../config/checkpoint-study.ts';
import { readData } from '../config/find-data.ts';
import { type Budget, IMITATION_DATA, type ImitationData } from '../config/study.ts';
import { decisiveData, withDecisiveModels } from './decisive.ts';
import { keepMetrics, modelFolder, writeTrainingData } from './model-files.ts';
import { CHECKPOINT, type Checkpoint } from './open-model.ts';
import { pretrainStage } from './pretrain.ts';
import { worldStage } from './world.ts';
import { readCorpus, readWorld } from './world-files.ts';

/** Imitation data of one kind: of the input world, or of files. */
export interface DataSource {
  kind: ImitationData;
  sources?: readonly string[];
  /** Identity of what the files hold; null where some are missing. */
  fingerprint?: string | null;
}

interface FinetuneConfig {
  /** The base model, where no run trained it. */
  checkpoint?: Checkpoint;
  data: DataSource;
  budget: Budget;
  /** Tokens of the base model's corpus to train on between the dialogues, for each of theirs; default none. */
  mix?: number;
  training: StudyTraining;
  /** Lets dialogues attend to those before them in a block, as the paper's code does (§4.1); default true. */
  crossAttention?: boolean;
  seed: number;
}

export const DATA_SOURCE = object<DataSource>({
  kind: literal(...IMITATION_DATA),
  sources: optional(list(string)),
  fingerprint: optional(nullable(string)),
});

const TRAINING = object<StudyTraining>({
  preset: optional(literal('paper')),
  learningRate: optional(number),
  optimizer: optional(literal('adamw', 'adafactor')),
  warmupSteps: optional(number),
  schedule: optional(literal(...SCHEDULES)),
  decaySteps: optional(number),
  weightDecay: optional(number),
  weightDecayFor: optional(literal('matrices', 'all')),
  beta1: optional(number),
  beta2: optional(number),
  epsilon: optional(number),
  epochs: optional(number),
  maxSteps: optional(number),
  batchSize: optional(number),
  microBatchSize: optional(number),
  gradientCheckpointing: optional(boolean),
  matmul: optional(literal('float32', 'bfloat16')),
  lora: optional(
    object<NonNullable<StudyTraining['lora']>>({
      rank: number,
      alpha: number,
      targets: optional(list(string)),
      rankPattern: optional(record(number)),
      alphaPattern: optional(record(number)),
      seed: optional(either(number, string)),
      dropout: optional(number),
    }),
  ),
  sequenceLength: optional(number),
});

/**
 * Trains a base model to imitate the teacher, on as many of its answers as the budget allows, and saves it as a folder
 * that Transformers loads.
 */
export const finetuneStage = defineStage({
  name: 'finetune',
  version: 2,
  config: object<FinetuneConfig>({
    checkpoint: optional(CHECKPOINT),
    data: DATA_SOURCE,
    budget: either(number, literal('all')),
    mix: optional(number),
    training: TRAINING,
    crossAttention: optional(boolean),
    seed: number,
  }),
  decisive: config => ({ ...withDecisiveModels(config), data: decisiveData(config.data) }),
  inputs: { world: optionalFrom(worldStage), base: optionalFrom(pretrainStage) },
  run: async ({ config, inputs, folder, scratch, signal, onProgress }) => {
    const { resolveBackend } = await import('../../compute/index.ts');
    const { openTrainableModel } = await import('../../generate/index.ts');
    const { contextLength } = await import('../../model/index.ts');
    const { finetune } = await import('../../train/index.ts');
    const { checkpoint, data, budget, mix = 0, training, crossAttention = true, seed } = config;
    const { sequenceLength, ...options } = training;
    await resolveBackend();
    const base = await openTrainableModel({ ...baseOf(inputs.base, checkpoint), seed, out: scratch });
    const opened = [base.model];
    try {
      const encode = (dialogue: Dialogue) => encodeDialogue(dialogue, base.tokenizer);
      const countTokens = (dialogue: Dialogue) => encode(dialogue).ids.length;
      const all = inputs.world
        ? (await readWorld(inputs.world.folder)).training[data.kind].map(dialogueOf)
        : await readData(data.sources ?? []);
      const [part] = budget === 'all' ? [] : nestedSubsets(all, { budgets: [budget], countTokens, seed });
      const dialogues = (part?.dialogues ?? all).map(encode);
      const tokens = dialogues.reduce((sum, { ids }) => sum + ids.length, 0);
      const blocks = packDialogues(dialogues, {
        maxPositions: contextLength(base.model.config),
        ...(sequenceLength !== undefined && { sequenceLength }),
        crossAttention,
      });
      const mixed =
        inputs.world && mix > 0 ? await corpusBlocks(inputs.world.folder, mix * tokens, config) : [];
      const run = join(scratch, 'training');
      const { model } = await finetune(base.model, [...blocks, ...mixed], {
        // As in the studies that are recorded.
        weightDecayFor: 'all',
        ...options,
        seed,
        keep: 1,
        folder: run,
        signal,
        onProgress,
      });
      opened.push(model);
      await base.save(modelFolder({ folder }), model, options.lora);
      await keepMetrics(run, folder);
      await writeTrainingData(folder, { dialogues: dialogues.length, tokens });
    } finally {
      for (const { weights } of opened) for (const weight of Object.values(weights)) weight.dispose();
    }
  },
});

/** Draws blocks of a world's corpus that hold about so many tokens. */
async function corpusBlocks(
  world: string,
  tokens: number,
  { training: { sequenceLength = BLOCK_LENGTH }, seed }: FinetuneConfig,
): Promise<Block[]> {
  const blocks = packTokens(await readCorpus(world), sequenceLength);
  const positions = Int32Array.from({ length: sequenceLength }, (_, position) => position);
  return seededRandom(`mix/${seed}`)
    .shuffle(blocks)
    .slice(0, Math.round(tokens / sequenceLength))
    .map(block => ({ ...block, positions }));
}

/**
 * Returns the folder of a base model, and how dialogues are written for it: the tokenizer of a world has role tokens and
 * a template that uses them.
 *
 * @throws {Error} if there is neither a run that trained it nor a checkpoint.
 */
function baseOf(
  trained: RunResult | undefined,
  checkpoint: Checkpoint | undefined,
): { model: string; format: 'template' | 'role-tokens' } {
  if (trained) return { model: modelFolder(trained), format: 'template' };
  if (checkpoint) return { model: checkpoint.path, format: 'role-tokens' };
  throw new Error('Cannot fine-tune: a base model is required, got neither a trained one nor a checkpoint');
}

function dialogueOf({ id, text, answers: [answer] }: Instruction): Dialogue {
  return {
    id,
    turns: [
      { role: 'user', content: text },
      { role: 'assistant', content: answer },
    ],
  };
}
