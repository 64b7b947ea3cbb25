import type { AnyStage } from '../../jobs/index.ts';
import { answersStage } from './answers.ts';
import { benchmarkStage } from './benchmark.ts';
import { finetuneStage } from './finetune.ts';
import { measureStage } from './measure.ts';
import { preferenceStage } from './preference.ts';
import { pretrainStage } from './pretrain.ts';
import { promptsStage } from './prompts.ts';
import { styleStage } from './style.ts';
import { worldStage } from './world.ts';

/** Every stage of a study. What needs TensorFlow is loaded when a run starts. */
export const stages: readonly AnyStage[] = [
  worldStage,
  promptsStage,
  pretrainStage,
  finetuneStage,
  answersStage,
  measureStage,
  styleStage,
  preferenceStage,
  benchmarkStage,
];
