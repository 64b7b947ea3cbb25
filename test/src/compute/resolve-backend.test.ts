import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ensureTensorflow, resolveBackend } from '../../../src/compute/index.ts';

beforeAll(() => ensureTensorflow(), 600_000);
afterEach(() => vi.unstubAllEnvs());

describe('the backend tensorflow', () => {
  beforeAll(async () => {
    const { name, reason } = await resolveBackend();
    expect(name).toBe('tensorflow');
    expect(reason).toMatch(/^tensorflow(-cpu)? 2\.21\.0 /);
  });

  test('multiplies matrices', () => {
    const product = tf.matMul(
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    );
    expect(product.arraySync()).toEqual([
      [19, 22],
      [43, 50],
    ]);
  });

  test.each<[string, (x: tf.Tensor) => tf.Tensor, number[]]>([
    ['mean of squares', x => x.square().mean(), [2 / 3, 4 / 3, 2]],
    [
      'softmax, of its first element',
      x => tf.softmax(x).slice([0], [1]).sum(),
      [0.081925, -0.022033, -0.059892],
    ],
    [
      'gather, of an element taken twice',
      x => tf.gather(x, tf.tensor1d([1, 1, 2], 'int32')).sum(),
      [0, 2, 1],
    ],
    ['variance', x => tf.moments(x).variance, [-2 / 3, 0, 2 / 3]],
    ['erf', x => tf.erf(x).sum(), [0.415107, 0.020667, 0.000139]],
  ])('knows the gradient of %s', (_, f, expected) => {
    const gradient = tf
      .grad(f)(tf.tensor1d([1, 2, 3]))
      .dataSync();
    expected.forEach((value, i) => {
      expect(gradient[i]).toBeCloseTo(value, 5);
    });
  });

  test('gathers rows along any axis, and refuses an index out of bounds', () => {
    const x = tf.tensor2d([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(tf.gather(x, tf.tensor1d([1, 0], 'int32')).arraySync()).toEqual([
      [4, 5, 6],
      [1, 2, 3],
    ]);
    expect(tf.gather(x, tf.tensor1d([2, 2], 'int32'), 1).arraySync()).toEqual([
      [3, 3],
      [6, 6],
    ]);
    const batched = tf.gather(x, tf.tensor2d([[2], [0]], [2, 1], 'int32'), 1, 1);
    expect(batched.arraySync()).toEqual([[3], [4]]);
    expect(() => tf.gather(x, tf.tensor1d([2], 'int32'))).toThrow(/2 is not in \[0, 2\)/);
  });

  test('finds the largest, which the package does with helpers that Node 23 removed', () => {
    const { values, indices } = tf.topk(tf.tensor1d([3, 9, 4]), 2);
    expect([values.arraySync(), indices.arraySync()]).toEqual([
      [9, 4],
      [1, 2],
    ]);
  });
});

describe('where TensorFlow is not set up', () => {
  const withEmptyCache = async <T>(work: () => Promise<T>): Promise<T> => {
    const cache = mkdtempSync(join(tmpdir(), 'cache-'));
    vi.stubEnv('IMITATION_LAB_CACHE', cache);
    try {
      return await work();
    } finally {
      rmSync(cache, { recursive: true });
    }
  };

  test('the cpu backend stands in, and the reason says what to run', async () => {
    const chosen = await withEmptyCache(() => resolveBackend());
    expect(chosen).toEqual({
      name: 'cpu',
      device: 'CPU, one thread of JavaScript',
      reason: 'tensorflow does not stand: it is not set up on this machine. Run: await ensureTensorflow()',
    });
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.matMul([[2]], [[3]]).arraySync()).toEqual([[6]]);
  });

  test('nothing stands in for a backend that was asked for', async () => {
    await expect(withEmptyCache(() => resolveBackend({ prefer: 'tensorflow' }))).rejects.toThrow(
      'Cannot use the backend tensorflow: it is not set up on this machine. Run: await ensureTensorflow()',
    );
  });
});
