import { describe, expect, test } from 'vitest';
import { learningRateSchedule } from '../../../src/train/index.ts';

const rates = (rate: (step: number) => number, ...steps: number[]) => steps.map(rate);

describe('the learning rate', () => {
  test('rises in equal parts, then stays', () => {
    const rate = learningRateSchedule({ steps: 100, learningRate: 0.5, warmupSteps: 4 });
    expect(rates(rate, 1, 2, 3, 4, 5, 100)).toEqual([0.125, 0.25, 0.375, 0.5, 0.5, 0.5]);
  });

  test('warms up for a tenth of the steps, at most 1,000', () => {
    expect(rates(learningRateSchedule({ steps: 20, learningRate: 1 }), 1, 2, 3)).toEqual([0.5, 1, 1]);
    expect(rates(learningRateSchedule({ steps: 50_000, learningRate: 1 }), 500, 1000)).toEqual([0.5, 1]);
    expect(rates(learningRateSchedule({ steps: 5, learningRate: 1 }), 1, 5)).toEqual([1, 1]);
  });

  test('falls along half a cosine, of which each step has a part', () => {
    const rate = learningRateSchedule({ steps: 4, learningRate: 2, warmupSteps: 1, schedule: 'cosine' });
    const expected = [2, 1 + Math.SQRT1_2, 1, 1 - Math.SQRT1_2, 0, 0];
    rates(rate, 1, 2, 3, 4, 5, 6).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 12);
    });
    expect(learningRateSchedule({ steps: 1, learningRate: 2, warmupSteps: 0, schedule: 'cosine' })(1)).toBe(
      2,
    );
  });

  test('falls along a line, of which each step has a part', () => {
    const rate = learningRateSchedule({ steps: 5, learningRate: 2, warmupSteps: 2, schedule: 'linear' });
    expect(rates(rate, 1, 2, 3, 4, 5, 6)).toEqual([1, 2, 1.5, 1, 0.5, 0]);
  });

  test('stays until the last steps, over which it falls along a line', () => {
    const options = { steps: 20, learningRate: 3, warmupSteps: 3, schedule: 'warmup-stable-decay' } as const;
    // Two steps are a tenth of them.
    expect(rates(learningRateSchedule(options), 1, 3, 4, 18, 19, 20)).toEqual([1, 3, 3, 3, 2, 1]);
    const short = learningRateSchedule({ ...options, decaySteps: 3 });
    expect(rates(short, 17, 18, 19, 20)).toEqual([3, 2.25, 1.5, 0.75]);
    // A fall longer than the run begins after the warm-up.
    const fall = learningRateSchedule({ ...options, steps: 5, decaySteps: 50 });
    expect(rates(fall, 3, 4, 5)).toEqual([3, 2, 1]);
    const one = learningRateSchedule({ ...options, steps: 1, warmupSteps: 0 });
    expect(one(1)).toBe(3);
  });

  test('of the paper rises over 1,000 steps to 2e-3, also in a run of 5', () => {
    const rate = learningRateSchedule({ preset: 'paper', steps: 5 });
    expect(rates(rate, 5, 1000, 2000)).toEqual([1e-5, 2e-3, 2e-3]);
    expect(learningRateSchedule({ preset: 'paper', steps: 5, learningRate: 1, warmupSteps: 2 })(1)).toBe(0.5);
  });

  test('is refused where it would mean nothing', () => {
    expect(() => learningRateSchedule({ steps: 5 })).toThrow('learningRate must be above 0, got undefined');
    expect(() => learningRateSchedule({ steps: 5, learningRate: Number.NaN })).toThrow(
      'learningRate must be above 0, got NaN',
    );
    expect(() => learningRateSchedule({ steps: 0, learningRate: 1 })).toThrow(
      'steps must be a whole number above 0, got 0',
    );
    expect(() => learningRateSchedule({ steps: 5, learningRate: 1, warmupSteps: -1 })).toThrow(
      'warmupSteps must be a whole number, at least 0, got -1',
    );
    expect(() => learningRateSchedule({ steps: 5, learningRate: 1, decaySteps: 2 })).toThrow(
      'decaySteps requires the schedule warmup-stable-decay, got constant',
    );
    const decaying = { steps: 5, learningRate: 1, schedule: 'warmup-stable-decay', decaySteps: 0 } as const;
    expect(() => learningRateSchedule(decaying)).toThrow('decaySteps must be a whole number above 0, got 0');
    const unknown = { steps: 5, learningRate: 1, ...JSON.parse('{ "schedule": "step" }') };
    expect(() => learningRateSchedule(unknown)).toThrow(
      'schedule must be one of constant, linear, cosine, warmup-stable-decay, got step',
    );
    expect(() => learningRateSchedule({ steps: 5, learningRate: 1 })(0)).toThrow(
      'the step must be counted from 1, got 0',
    );
  });
});
