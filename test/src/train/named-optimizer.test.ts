import { expect, test } from 'vitest';
import { adafactor, adamw } from '../../../src/train/index.ts';
import { namedOptimizer } from '../../../src/train/named-optimizer.ts';

test('by default it is AdamW, where norms and biases do not decay', () => {
  expect(namedOptimizer({}).settings).toEqual({
    name: 'adamw',
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0.01,
    weightDecayFor: 'matrices',
  });
});

test('it has the constants that are stated, and the others by default', () => {
  const stated = { beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.1, weightDecayFor: 'all' } as const;
  expect(namedOptimizer({ optimizer: 'adamw', ...stated }).settings).toEqual({ name: 'adamw', ...stated });
  expect(namedOptimizer({ beta2: 0.95 }).settings).toEqual(adamw({ beta2: 0.95 }).settings);
  expect(namedOptimizer({ preset: 'paper', weightDecay: 0.3 }).settings).toEqual(
    adafactor({ weightDecay: 0.3 }).settings,
  );
});

test('the preset of the paper is Adafactor, where all weights decay, unless AdamW is stated', () => {
  const paper = namedOptimizer({ preset: 'paper', weightDecayFor: 'all' });
  expect(paper.settings).toEqual(adafactor().settings);
  expect(namedOptimizer({ preset: 'paper', optimizer: 'adamw' }).settings).toEqual(adamw().settings);
});

test('constants that are none of its own are refused', () => {
  expect(() => namedOptimizer({ preset: 'paper', beta1: 0.5 })).toThrow(
    'beta1 requires the optimizer adamw, got adafactor',
  );
  expect(() => namedOptimizer({ optimizer: 'adafactor', weightDecayFor: 'matrices' })).toThrow(
    'weightDecayFor must be all with the optimizer adafactor, got matrices',
  );
  expect(() => namedOptimizer({ optimizer: 'adafactor', weightDecay: -1 })).toThrow(
    'weightDecay must be at least 0, got -1',
  );
  const optimizer = adamw();
  expect(namedOptimizer({ optimizer })).toBe(optimizer);
  expect(() => namedOptimizer({ optimizer, weightDecay: 0 })).toThrow('weight decay requires the optimizer');
  expect(() => namedOptimizer({ optimizer, epsilon: 1 })).toThrow('epsilon requires the optimizer adamw');
});
