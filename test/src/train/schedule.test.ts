import { describe, expect, test } from 'vitest';
import { schedule } from '../../../src/train/index.ts';

const rates = (rate: (step: number) => number, ...steps: number[]) => steps.map(rate);

describe('the learning rate', () => {
  test('rises in equal parts, then stays', () => {
    const rate = schedule({ steps: 100, rate: 0.5, warmup: 4 });
    expect(rates(rate, 1, 2, 3, 4, 5, 100)).toEqual([0.125, 0.25, 0.375, 0.5, 0.5, 0.5]);
  });

  test('warms up for a tenth of the steps, at most 1,000', () => {
    expect(rates(schedule({ steps: 20, rate: 1 }), 1, 2, 3)).toEqual([0.5, 1, 1]);
    expect(rates(schedule({ steps: 50_000, rate: 1 }), 500, 1000)).toEqual([0.5, 1]);
    expect(rates(schedule({ steps: 5, rate: 1 }), 1, 5)).toEqual([1, 1]);
  });

  test('falls along half a cosine, of which each step has a part', () => {
    const rate = schedule({ steps: 4, rate: 2, warmup: 1, decay: 'cosine' });
    const expected = [2, 1 + Math.SQRT1_2, 1, 1 - Math.SQRT1_2, 0, 0];
    rates(rate, 1, 2, 3, 4, 5, 6).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 12);
    });
    expect(schedule({ steps: 1, rate: 2, warmup: 0, decay: 'cosine' })(1)).toBe(2);
  });

  test('of the paper rises over 1,000 steps to 2e-3, also in a run of 5', () => {
    const rate = schedule({ preset: 'paper', steps: 5 });
    expect(rates(rate, 5, 1000, 2000)).toEqual([1e-5, 2e-3, 2e-3]);
    expect(schedule({ preset: 'paper', steps: 5, rate: 1, warmup: 2 })(1)).toBe(0.5);
  });

  test('is refused where it would mean nothing', () => {
    expect(() => schedule({ steps: 5 })).toThrow('a rate above 0 is required, found undefined');
    expect(() => schedule({ steps: 5, rate: Number.NaN })).toThrow('a rate above 0 is required, found NaN');
    expect(() => schedule({ steps: 0, rate: 1 })).toThrow('steps above 0 is required, found 0');
    expect(() => schedule({ steps: 5, rate: 1, warmup: -1 })).toThrow('from 0 on is required, found -1');
    expect(() => schedule({ steps: 5, rate: 1 })(0)).toThrow('a step counted from 1 is required, found 0');
  });
});
