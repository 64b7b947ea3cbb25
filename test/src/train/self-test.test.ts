import * as tf from '@tensorflow/tfjs';
import { afterAll, expect, test } from 'vitest';
import { ensureTensorflow, resolveBackend } from '../../../src/compute/index.ts';
import { selfTest } from '../../../src/train/index.ts';
import { expectSelfTest } from './expect-self-test.ts';

const SLOW_MS = 180_000;

afterAll(async () => {
  await resolveBackend({ prefer: 'cpu' });
});

test('the backend tensorflow learns as the processor does, and is measured', () =>
  expectSelfTest('tensorflow'));

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
