export { type AdamWOptions, adamw } from './adamw.ts';
export { clipByGlobalNorm } from './clip-by-global-norm.ts';
export { loss } from './loss.ts';
export type { Optimizer, OptimizerState } from './optimizer.ts';
export { BATCH_SIZE, EPOCHS, LEARNING_RATE, WARMUP_STEPS } from './paper.ts';
export { type ParameterScaleOptions, parameterScale } from './parameter-scale.ts';
export { type Schedule, type ScheduleOptions, schedule } from './schedule.ts';
export { type Batch, type StepOptions, takeStep } from './take-step.ts';
export { type TrainStep, type TrainStepOptions, trainStep } from './train-step.ts';
