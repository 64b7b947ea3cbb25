import * as tf from '@tensorflow/tfjs';
import { afterAll, expect, test } from 'vitest';
import { ensureTensorflow, resolveBackend } from '../../../src/compute/index.ts';
import { selfTest } from '../../../src/train/index.ts';
import { BACKENDS } from '../../fixtures/backends.ts';

const SLOW_MS = 180_000;

afterAll(async () => {
  await resolveBackend({ prefer: 'cpu' });
});

test.each(BACKENDS.filter(name => name !== 'cpu'))(
  'the backend %s learns as the processor does, and is measured',
  async name => {
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
  },
  SLOW_MS,
);

test(
  'a backend that computes wrongly does not pass',
  async () => {
    await ensureTensorflow();
    await resolveBackend({ prefer: 'tensorflow' });
    const right = tf.getKernel(tf.Rsqrt, 'tensorflow');
    tf.unregisterKernel(tf.Rsqrt, 'tensorflow');
    tf.registerKernel({ ...right, kernelFunc: ({ inputs }) => tf.sqrt(inputs.x as tf.Tensor) });
    try {
      expect((await selfTest('tensorflow')).agrees).toBe(false);
    } finally {
      tf.unregisterKernel(tf.Rsqrt, 'tensorflow');
      tf.registerKernel(right);
    }
  },
  SLOW_MS,
);
