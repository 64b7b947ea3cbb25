export type { BackendName, MatmulType, ResolvedBackend } from '../compute/index.ts';
export type {
  Activation,
  Dropout,
  Gpt2Config,
  LlamaConfig,
  LoraOptions,
  MapPattern,
  Model,
  ModelConfig,
  Rope,
  RopeScaling,
  StoredForm,
  Weights,
} from '../model/index.ts';
export type { OnProgress, Progress } from '../runs/index.ts';
export type {
  Evidence,
  Failure,
  FailureKind,
  Generation,
  TrainingRow,
  TrainingSample,
  TrainingState,
} from '../schema.ts';
export type { Block, BlockSpan } from '../tokenize/index.ts';
export { type AdafactorOptions, adafactor } from './adafactor.ts';
export { type AdamWOptions, adamw } from './adamw.ts';
export { type Batch, blockBatch, type LossGradients } from './batch.ts';
export { clipByGlobalNorm } from './clip-by-global-norm.ts';
export { type DataOrder, type DataOrderOptions, dataOrder, type StepBlocks } from './data-order.ts';
export { memorySpeed, type ProductSpeed, productSpeed } from './device-speed.ts';
export type { BestEvaluation } from './early-stopping.ts';
export { type EvaluatedLoss, type EvaluateOptions, evaluateLoss } from './evaluate-loss.ts';
export { finetune } from './finetune.ts';
export type { FinetuneOptions, Sampler } from './finetune-options.ts';
export { type FollowedRun, type FollowOptions, followRun } from './follow-run.ts';
export { type GradientOptions, gradients } from './gradients.ts';
export { loss } from './loss.ts';
export type { OptimizerOptions } from './named-optimizer.ts';
export type { Optimizer, OptimizerState } from './optimizer.ts';
export { BATCH_SIZE, EPOCHS, LEARNING_RATE, WARMUP_STEPS } from './paper.ts';
export { type PretrainOptions, pretrain } from './pretrain.ts';
export {
  type LearningRateSchedule,
  learningRateSchedule,
  SCHEDULES,
  type ScheduleOptions,
} from './schedule.ts';
export { findGpu, type SelfTest, selfTest } from './self-test.ts';
export { type StepOptions, type Taken, takeStep } from './take-step.ts';
export { type TrainStep, type TrainStepOptions, trainStep } from './train-step.ts';
export type { TrainingResult } from './training-result.ts';
