import { LEARNING_RATE, WARMUP_STEPS } from './paper.ts';

/** The course of a learning rate. */
export interface ScheduleOptions {
  /** Steps of the whole run. */
  steps: number;
  /** The highest learning rate; `paper` has its own. */
  rate?: number;
  /** Steps over which the rate rises to its peak; default a tenth of all, at most 1,000. */
  warmup?: number;
  /** After the warm-up: stay, or fall along half a cosine towards 0; default `constant`. */
  decay?: 'constant' | 'cosine';
  /** `paper`: a peak of 2e-3 after 1,000 steps, however short the run. */
  preset?: 'paper';
}

/** The learning rate of a step, counted from 1. */
export type Schedule = (step: number) => number;

/**
 * The learning rate as it rises in equal parts and then stays, or falls along half a cosine. Step 1 already has
 * a part of the peak, the last step of the warm-up has all of it, and a cosine would reach 0 one step after the
 * last: no step is without effect.
 *
 * @throws {RangeError} if there is no rate, a number is out of bounds, or a step is no whole number from 1 on.
 * @see Gudibande et al. 2023, §4.1
 * @example
 * const rate = schedule({ steps: 500, rate: 1e-4 });
 * rate(25); // 5e-5, half-way up
 */
export function schedule(options: ScheduleOptions): Schedule {
  const paper = options.preset === 'paper';
  const { steps, decay = 'constant' } = options;
  const rate = options.rate ?? (paper ? LEARNING_RATE : undefined);
  const usual = paper ? WARMUP_STEPS : Math.min(WARMUP_STEPS, Math.floor(steps / 10));
  const { warmup = usual } = options;
  require(Number.isInteger(steps) && steps > 0, 'a whole number of steps above 0', steps);
  require(Number.isInteger(warmup) && warmup >= 0, 'a whole number of warm-up steps from 0 on', warmup);
  if (rate === undefined || !(rate > 0 && Number.isFinite(rate))) {
    throw new RangeError(`Cannot schedule the learning rate: a rate above 0 is required, found ${rate}`);
  }
  const peak = Math.max(warmup, 1);
  return step => {
    require(Number.isInteger(step) && step > 0, 'a step counted from 1', step);
    if (step <= warmup) return (rate * step) / warmup;
    if (decay === 'constant') return rate;
    const fallen = Math.min(1, (step - peak) / (steps + 1 - peak));
    return (rate * (1 + Math.cos(Math.PI * fallen))) / 2;
  };
}

function require(holds: boolean, required: string, found: number): void {
  if (holds) return;
  throw new RangeError(`Cannot schedule the learning rate: ${required} is required, found ${found}`);
}
