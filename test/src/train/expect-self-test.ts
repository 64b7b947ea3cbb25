import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { type BackendName, ensureTensorflow } from '../../../src/compute/index.ts';
import { selfTest } from '../../../src/train/index.ts';

/** Expects a backend to learn as the processor does, and its speed to be measured. */
export async function expectSelfTest(name: BackendName): Promise<void> {
  await ensureTensorflow();
  const before = tf.memory().numTensors;
  const { backend, agrees, losses, difference, tolerance, product, training } = await selfTest(name);
  expect([backend.name, agrees]).toEqual([name, true]);
  expect([losses.here.length, losses.cpu.length]).toEqual([20, 20]);
  expect(difference).toBe(Math.max(...losses.here.map((loss, i) => Math.abs(loss - (losses.cpu[i] ?? 0)))));
  expect(difference).toBeLessThan(tolerance);
  // From a guess among 64 tokens to knowing half of them.
  expect(losses.here[0]).toBeCloseTo(Math.log(64), 1);
  expect(losses.here.at(-1)).toBeLessThan(Math.log(64) / 2);
  expect(product.size).toBeGreaterThanOrEqual(128);
  expect(product.teraflops).toBeGreaterThan(0);
  expect(training.tokensPerSecond).toBeGreaterThan(0);
  expect(tf.memory().numTensors).toBe(before);
}
