import { expect, test } from 'vitest';
import type { FinetuneOptions } from '../../../src/train/index.ts';
import { trainingPlan } from '../../../src/train/training-plan.ts';
import { TOY_CONFIG, toyBlocks } from './toy-run.mjs';

/** The plan of a run over ten blocks, in batches of four. */
const planOf = (options: Omit<FinetuneOptions, 'learningRate'>) =>
  trainingPlan({ config: TOY_CONFIG, weights: {} }, toyBlocks(10), {
    learningRate: 1,
    batchSize: 4,
    ...options,
  });

test('the steps of a run are those of its epochs, or those stated, but at most maxSteps', async () => {
  const steps = async (options: FinetuneOptions) => (await planOf(options)).steps;
  expect(await steps({})).toBe(3);
  expect(await steps({ epochs: 2 })).toBe(6);
  expect(await steps({ epochs: 2, maxSteps: 5 })).toBe(5);
  expect(await steps({ epochs: 2, maxSteps: 50 })).toBe(6);
  expect(await steps({ steps: 9, maxSteps: 50 })).toBe(9);
  expect(await steps({ steps: 9, maxSteps: 2 })).toBe(2);
  await expect(steps({ maxSteps: 0 })).rejects.toThrow('maxSteps must be a whole number above 0, got 0');
});

test('the learning rate falls over the steps that are taken', async () => {
  const plan = await planOf({ epochs: 9, maxSteps: 4, schedule: 'linear', warmupSteps: 0 });
  expect([1, 2, 3, 4].map(plan.learningRateAt)).toEqual([1, 0.75, 0.5, 0.25]);
});

test('options of what is not asked for are refused', async () => {
  await expect(planOf({ sampleEvery: 2 })).rejects.toThrow('sampleEvery requires sample, got none');
  await expect(planOf({ patience: 2 })).rejects.toThrow('patience requires evalBlocks, got none');
  const sampled = await planOf({ sampleEvery: 2, sample: async () => [] });
  expect(sampled.sampleEvery).toBe(2);
});
