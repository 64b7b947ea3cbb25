import { LEARNING_RATE, WARMUP_STEPS } from './paper.ts';

/** Forms that the learning rate has after the warm-up. */
export const SCHEDULES = ['constant', 'linear', 'cosine', 'warmup-stable-decay'] as const;

/** Options of {@link learningRateSchedule}. */
export interface ScheduleOptions {
  /** Steps of the whole run. */
  steps: number;
  /** Peak of the learning rate; required without a preset. */
  learningRate?: number;
  /** Steps over which the learning rate rises to its peak; default a tenth of all, at most 1,000. */
  warmupSteps?: number;
  /**
   * After the warm-up the learning rate stays (`constant`), falls towards 0 along a line (`linear`) or half a cosine
   * (`cosine`), or stays and falls along a line over the last steps (`warmup-stable-decay`); default `constant`.
   */
  schedule?: (typeof SCHEDULES)[number];
  /** Last steps over which `warmup-stable-decay` falls; default a tenth of all, at least 1. */
  decaySteps?: number;
  /** `paper`: a peak of 2e-3 after 1,000 steps, however short the run. */
  preset?: 'paper';
}

/** The learning rate of a step, counted from 1. */
export type LearningRateSchedule = (step: number) => number;

/** Share of the peak that is left after a share of the fall. */
const FALLS = {
  constant: () => 1,
  linear: (fallen: number) => 1 - fallen,
  cosine: (fallen: number) => (1 + Math.cos(Math.PI * fallen)) / 2,
  'warmup-stable-decay': (fallen: number) => 1 - fallen,
} satisfies Record<(typeof SCHEDULES)[number], (fallen: number) => number>;

/**
 * Returns the learning rate of each step: it rises linearly, then stays or falls. Step 1 already has a part of the peak,
 * the last warm-up step has all of it, and a fall would reach 0 one step after the last: no step is without effect.
 *
 * @throws {RangeError} if there is no learning rate, a number is out of bounds, or a step is no whole number from 1 on.
 * @see Gudibande et al. 2023, §4.1; Hu et al. 2024, MiniCPM (warm-up, stable, decay)
 * @example
 * const learningRateAt = learningRateSchedule({ steps: 500, learningRate: 1e-4 });
 * learningRateAt(25); // 0.00005
 */
export function learningRateSchedule(options: ScheduleOptions): LearningRateSchedule {
  const paper = options.preset === 'paper';
  const { steps, schedule = 'constant', decaySteps } = options;
  const { learningRate = paper ? LEARNING_RATE : undefined } = options;
  const { warmupSteps = paper ? WARMUP_STEPS : Math.min(WARMUP_STEPS, Math.floor(steps / 10)) } = options;
  if (!(Number.isInteger(steps) && steps > 0)) throw outOfBounds('steps', 'a whole number above 0', steps);
  if (!(Number.isInteger(warmupSteps) && warmupSteps >= 0)) {
    throw outOfBounds('warmupSteps', 'a whole number, at least 0', warmupSteps);
  }
  if (learningRate === undefined || !(learningRate > 0 && Number.isFinite(learningRate))) {
    throw outOfBounds('learningRate', 'above 0', learningRate);
  }
  if (!SCHEDULES.includes(schedule))
    throw outOfBounds('schedule', `one of ${SCHEDULES.join(', ')}`, schedule);
  const stay = stepsBeforeFall(steps, Math.max(warmupSteps, 1), schedule, decaySteps);
  return step => {
    if (!(Number.isInteger(step) && step > 0)) throw outOfBounds('the step', 'counted from 1', step);
    if (step <= warmupSteps) return (learningRate * step) / warmupSteps;
    const fallen = Math.min(1, Math.max(0, step - stay) / (steps + 1 - stay));
    return learningRate * FALLS[schedule](fallen);
  };
}

/** Returns the last step that has the whole peak, where the learning rate falls afterwards. */
function stepsBeforeFall(
  steps: number,
  peak: number,
  schedule: (typeof SCHEDULES)[number],
  decaySteps: number | undefined,
): number {
  if (schedule !== 'warmup-stable-decay') {
    if (decaySteps === undefined) return peak;
    throw new RangeError(
      `Cannot schedule the learning rate: decaySteps requires the schedule warmup-stable-decay, got ${schedule}`,
    );
  }
  const fall = decaySteps ?? Math.max(1, Math.floor(steps / 10));
  if (!(Number.isInteger(fall) && fall > 0)) throw outOfBounds('decaySteps', 'a whole number above 0', fall);
  return Math.max(peak, steps - fall);
}

function outOfBounds(name: string, rule: string, found: string | number | undefined): RangeError {
  return new RangeError(`Cannot schedule the learning rate: ${name} must be ${rule}, got ${found}`);
}
