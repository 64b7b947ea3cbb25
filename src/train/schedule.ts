import { LEARNING_RATE, WARMUP_STEPS } from './paper.ts';

/** Options of {@link learningRateSchedule}. */
export interface ScheduleOptions {
  /** Steps of the whole run. */
  steps: number;
  /** Peak of the learning rate; required without a preset. */
  learningRate?: number;
  /** Steps over which the learning rate rises to its peak; default a tenth of all, at most 1,000. */
  warmupSteps?: number;
  /** After the warm-up: stay, or fall along half a cosine towards 0; default `constant`. */
  schedule?: 'constant' | 'cosine';
  /** `paper`: a peak of 2e-3 after 1,000 steps, however short the run. */
  preset?: 'paper';
}

/** The learning rate of a step, counted from 1. */
export type LearningRateSchedule = (step: number) => number;

/**
 * Returns the learning rate of each step: it rises linearly, then stays or falls along half a cosine. Step 1 already
 * has a part of the peak, the last warm-up step has all of it, and a cosine would reach 0 one step after the last: no
 * step is without effect.
 *
 * @throws {RangeError} if there is no learning rate, a number is out of bounds, or a step is no whole number from 1 on.
 * @see Gudibande et al. 2023, §4.1
 * @example
 * const learningRateAt = learningRateSchedule({ steps: 500, learningRate: 1e-4 });
 * learningRateAt(25); // 0.00005
 */
export function learningRateSchedule(options: ScheduleOptions): LearningRateSchedule {
  const paper = options.preset === 'paper';
  const { steps, schedule = 'constant' } = options;
  const { learningRate = paper ? LEARNING_RATE : undefined } = options;
  const { warmupSteps = paper ? WARMUP_STEPS : Math.min(WARMUP_STEPS, Math.floor(steps / 10)) } = options;
  if (!(Number.isInteger(steps) && steps > 0)) throw outOfBounds('steps', 'a whole number above 0', steps);
  if (!(Number.isInteger(warmupSteps) && warmupSteps >= 0)) {
    throw outOfBounds('warmupSteps', 'a whole number, at least 0', warmupSteps);
  }
  if (learningRate === undefined || !(learningRate > 0 && Number.isFinite(learningRate))) {
    throw outOfBounds('learningRate', 'above 0', learningRate);
  }
  const peak = Math.max(warmupSteps, 1);
  return step => {
    if (!(Number.isInteger(step) && step > 0)) throw outOfBounds('the step', 'counted from 1', step);
    if (step <= warmupSteps) return (learningRate * step) / warmupSteps;
    if (schedule === 'constant') return learningRate;
    const progress = Math.min(1, (step - peak) / (steps + 1 - peak));
    return (learningRate * (1 + Math.cos(Math.PI * progress))) / 2;
  };
}

function outOfBounds(name: string, rule: string, found: number | undefined): RangeError {
  return new RangeError(`Cannot schedule the learning rate: ${name} must be ${rule}, got ${found}`);
}
