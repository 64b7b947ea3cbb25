import type { Stage } from '../../../jobs/index.ts';
import type { FullRun } from '../full-plan.ts';

/** The stages of a full study, each loaded at its first use. */
export const stages: Readonly<Record<FullRun['stage'], Stage>> = {
  prompts: async job => (await import('./prompts-stage.ts')).promptsStage(job),
  finetune: async job => (await import('./finetune-stage.ts')).finetuneStage(job),
  answers: async job => (await import('./answers-stage.ts')).answersStage(job),
  measure: async job => (await import('./measure-stage.ts')).measureStage(job),
};
