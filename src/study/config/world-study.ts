import type { InitConfig } from '../../model/index.ts';
import type { WorldScale } from '../../schema.ts';
import type { ScheduleOptions } from '../../train/index.ts';
import type { ImitationData } from './study.ts';

/** Shape of a base model: LLaMA's, with tied embeddings. */
export interface BaseShape {
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  /** Peak of the learning rate in pretraining. */
  readonly learningRate: number;
}

/** Items that every model of a world is asked: prompts, and questions for each ability. */
export type AskedCounts = Readonly<
  Record<'prompts' | 'facts' | 'sums' | 'programs' | 'summaries' | 'toxicity', number>
>;

/** Fine-tuning in a world. */
export interface WorldTraining {
  learningRate: number;
  schedule: NonNullable<ScheduleOptions['schedule']>;
  epochs: number;
  batchSize: number;
  sequenceLength: number;
}

/** Configuration of a study in a world of its own, which trains base models from scratch. */
export interface WorldStudy {
  world: WorldScale;
  /** Tokens of a model's context. */
  maxPositions: number;
  /** Base models, from the smallest to the largest. */
  bases: readonly BaseShape[];
  pretrain: { epochs: number; batchSize: number; sequenceLength: number };
  /** Tokens of broad imitation data, nested, from the smallest to the largest; every base model is fine-tuned on the largest. */
  budgets: readonly number[];
  /** Indices of the base models that are fine-tuned on every budget. */
  budgetBases: readonly number[];
  /** Base models that are fine-tuned on the largest budget with pretraining data, and the tokens of those for each of its own. */
  mix: { bases: readonly number[]; share: number };
  /** Indices of the base models that are fine-tuned on the local sets. */
  localBases: readonly number[];
  /** Fine-tuning on broad data. */
  finetune: WorldTraining;
  /** Tokens of the local sets, and what differs in fine-tuning on them. */
  local: Readonly<Record<'facts' | 'summaries', { budget: number } & Partial<WorldTraining>>>;
  /** Instructions to draw, of which the budgets use a part. */
  instructions: Readonly<Record<ImitationData, number>>;
  asked: AskedCounts;
  maxTokens: number;
}

/** The studies in worlds, by scale. */
export const STUDY_SCALES: Readonly<Record<WorldScale, WorldStudy>> = {
  tiny: {
    world: 'tiny',
    maxPositions: 256,
    bases: [
      { hiddenSize: 16, layers: 1, heads: 2, learningRate: 0.01 },
      { hiddenSize: 32, layers: 1, heads: 2, learningRate: 0.01 },
    ],
    pretrain: { epochs: 1, batchSize: 16, sequenceLength: 128 },
    budgets: [2000, 5000],
    budgetBases: [1],
    mix: { bases: [1], share: 0.3 },
    localBases: [1],
    finetune: { learningRate: 3e-3, schedule: 'linear', epochs: 1, batchSize: 4, sequenceLength: 128 },
    local: { facts: { budget: 300, epochs: 3, batchSize: 1 }, summaries: { budget: 1000, batchSize: 2 } },
    instructions: { broad: 120, facts: 30, summaries: 30 },
    asked: { prompts: 12, facts: 12, sums: 8, programs: 4, summaries: 4, toxicity: 12 },
    maxTokens: 64,
  },
  mini: {
    world: 'mini',
    maxPositions: 512,
    bases: [
      { hiddenSize: 48, layers: 2, heads: 4, learningRate: 0.008 },
      { hiddenSize: 64, layers: 2, heads: 4, learningRate: 0.006 },
      { hiddenSize: 96, layers: 2, heads: 4, learningRate: 0.006 },
      { hiddenSize: 128, layers: 3, heads: 4, learningRate: 0.0035 },
    ],
    pretrain: { epochs: 3, batchSize: 4, sequenceLength: 256 },
    budgets: [62_500, 125_000, 250_000, 500_000, 1_000_000],
    budgetBases: [3],
    mix: { bases: [3], share: 0.3 },
    localBases: [3],
    // A step has some eight dialogues: two in a block of broad data, more in those of local data.
    finetune: { learningRate: 1e-3, schedule: 'linear', epochs: 1, batchSize: 4, sequenceLength: 128 },
    local: {
      facts: { budget: 4500, epochs: 3, batchSize: 1, learningRate: 3e-4 },
      summaries: { budget: 14_000, batchSize: 2 },
    },
    instructions: { broad: 19_000, facts: 420, summaries: 400 },
    asked: { prompts: 400, facts: 420, sums: 400, programs: 400, summaries: 400, toxicity: 400 },
    maxTokens: 160,
  },
};

/** Returns the settings of fine-tuning on a local set. */
export function localTraining(
  { finetune, local }: Pick<WorldStudy, 'finetune' | 'local'>,
  data: keyof WorldStudy['local'],
): WorldTraining {
  const { budget: _, ...own } = local[data];
  return { ...finetune, ...own };
}

/** Returns what a base model is trained from. */
export function baseInit({ hiddenSize, layers, heads }: BaseShape, maxPositions: number): InitConfig {
  return { architecture: 'llama', maxPositions, hiddenSize, layers, heads };
}
