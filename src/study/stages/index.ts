import type { Stage } from '../../jobs/index.ts';

/** The stages of the live study, each loaded at its first use: a worker that only measures needs no optimizer. */
export const stages: Readonly<Record<'world' | 'pretrain' | 'finetune' | 'answers' | 'measure', Stage>> = {
  world: async job => (await import('./world-stage.ts')).worldStage(job),
  pretrain: async job => (await import('./pretrain-stage.ts')).pretrainStage(job),
  finetune: async job => (await import('./finetune-stage.ts')).finetuneStage(job),
  answers: async job => (await import('./answers-stage.ts')).answersStage(job),
  measure: async job => (await import('./measure-stage.ts')).measureStage(job),
};
