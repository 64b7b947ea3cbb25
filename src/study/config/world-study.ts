import type { InitConfig } from '../../model/index.ts';
import type { WorldScale } from '../../schema.ts';
import type { ImitationData } from './study.ts';

/** Shape of a base model: LLaMA's, with tied embeddings. */
export interface BaseShape {
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  /** Peak of the learning rate in pretraining. */
  readonly learningRate: number;
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
  /** Indices of the base models that are fine-tuned on the local sets, and the tokens of those sets. */
  localBases: readonly number[];
  localBudgets: Readonly<Record<'facts' | 'summaries', number>>;
  finetune: { learningRate: number; epochs: number; batchSize: number; sequenceLength: number };
  /** Instructions to draw, of which the budgets use a part. */
  instructions: Readonly<Record<ImitationData, number>>;
  /** Number of prompts that every model answers, and of items of each ability. */
  asked: Readonly<Record<'prompts' | 'facts' | 'sums' | 'programs' | 'summaries', number>>;
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
    localBases: [1],
    localBudgets: { facts: 300, summaries: 1000 },
    finetune: { learningRate: 3e-3, epochs: 2, batchSize: 8, sequenceLength: 128 },
    instructions: { broad: 120, facts: 30, summaries: 30 },
    asked: { prompts: 12, facts: 12, sums: 8, programs: 4, summaries: 4 },
    maxTokens: 64,
  },
  mini: {
    world: 'mini',
    maxPositions: 512,
    bases: [
      { hiddenSize: 32, layers: 2, heads: 4, learningRate: 0.01 },
      { hiddenSize: 64, layers: 2, heads: 4, learningRate: 0.006 },
      { hiddenSize: 96, layers: 3, heads: 4, learningRate: 0.006 },
      { hiddenSize: 128, layers: 3, heads: 4, learningRate: 0.0035 },
    ],
    pretrain: { epochs: 3, batchSize: 16, sequenceLength: 128 },
    budgets: [12_000, 24_000, 48_000, 96_000, 192_000],
    budgetBases: [3],
    localBases: [3],
    localBudgets: { facts: 3000, summaries: 14_000 },
    finetune: { learningRate: 1e-3, epochs: 5, batchSize: 8, sequenceLength: 128 },
    instructions: { broad: 4096, facts: 300, summaries: 400 },
    asked: { prompts: 100, facts: 200, sums: 100, programs: 50, summaries: 50 },
    maxTokens: 160,
  },
};

/** Returns what a base model is trained from. */
export function baseInit({ hiddenSize, layers, heads }: BaseShape, maxPositions: number): InitConfig {
  return { architecture: 'llama', maxPositions, hiddenSize, layers, heads };
}
