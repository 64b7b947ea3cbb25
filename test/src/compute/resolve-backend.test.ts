import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ensureTensorflow, resolveBackend } from '../../../src/compute/index.ts';
import { BACKENDS, expectTensorsFreed, onBackend } from '../../fixtures/backends.ts';

beforeAll(async () => {
  await ensureTensorflow();
}, 600_000);
afterEach(() => vi.unstubAllEnvs());

test('the backend tensorflow is the best', async () => {
  const { name, reason } = await resolveBackend();
  expect(name).toBe('tensorflow');
  expect(reason).toMatch(/^tensorflow(-cpu)? 2\.21\.0 /);
});

describe.each(BACKENDS)('the backend %s', backend => {
  onBackend(backend);
  expectTensorsFreed();

  test('multiplies matrices', async () => {
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
    expect(await product.array()).toEqual([
      [19, 22],
      [43, 50],
    ]);
    product.dispose();
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
  ])('knows the gradient of %s', async (_, f, expected) => {
    const gradient = tf.tidy(() => tf.grad(f)(tf.tensor1d([1, 2, 3])));
    const values = await gradient.data();
    expected.forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 5);
    });
    gradient.dispose();
  });

  test('gathers rows along any axis', async () => {
    const gathered = tf.tidy(() => {
      const x = tf.tensor2d([
        [1, 2, 3],
        [4, 5, 6],
      ]);
      return [
        tf.gather(x, tf.tensor1d([1, 0], 'int32')),
        tf.gather(x, tf.tensor1d([2, 2], 'int32'), 1),
        tf.gather(x, tf.tensor2d([[2], [0]], [2, 1], 'int32'), 1, 1),
      ];
    });
    expect(await Promise.all(gathered.map(tensor => tensor.array()))).toEqual([
      [
        [4, 5, 6],
        [1, 2, 3],
      ],
      [
        [3, 3],
        [6, 6],
      ],
      [[3], [4]],
    ]);
    tf.dispose(gathered);
  });

  test('finds the largest', async () => {
    const { values, indices } = tf.tidy(() => ({ ...tf.topk(tf.tensor1d([3, 9, 4]), 2) }));
    expect([await values.array(), await indices.array()]).toEqual([
      [9, 4],
      [1, 2],
    ]);
    tf.dispose([values, indices]);
  });
});

describe('the backend tensorflow', () => {
  onBackend('tensorflow');

  test('refuses an index out of bounds', () => {
    expect(() => tf.gather(tf.tensor1d([1, 2]), tf.tensor1d([2], 'int32'))).toThrow(/2 is not in \[0, 2\)/);
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

  test('the cpu backend is used instead, and the reason says what to run', async () => {
    const chosen = await withEmptyCache(() => resolveBackend());
    expect(chosen).toEqual({
      name: 'cpu',
      device: 'CPU, one thread of JavaScript',
      gpu: false,
      reason: expect.stringMatching(
        /^it is available everywhere; tensorflow is not available: it is not set up on this machine\. Run: await ensureTensorflow\(\); webgpu is not available: there is no GPU, only .+ \(software\)$/,
      ),
    });
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.matMul([[2]], [[3]]).arraySync()).toEqual([[6]]);
  });

  test('no other backend replaces one that was asked for', async () => {
    await expect(withEmptyCache(() => resolveBackend({ prefer: 'tensorflow' }))).rejects.toThrow(
      'Cannot use the backend tensorflow: it is not set up on this machine. Run: await ensureTensorflow()',
    );
  });
});
