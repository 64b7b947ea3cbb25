import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compile } from '../../../src/compute/index.ts';
import { seededRandom } from '../../../src/stats/index.ts';
import { loss } from '../../../src/train/index.ts';
import { BACKENDS, noFallbackOn, onBackend } from '../../fixtures/backends.ts';

describe.each(BACKENDS)('on the backend %s, the loss', backend => {
  onBackend(backend);
  let tensorsBefore = 0;
  beforeEach(() => {
    tensorsBefore = tf.memory().numTensors;
    tf.engine().startScope();
  });
  afterEach(() => {
    tf.engine().endScope();
    expect(tf.memory().numTensors).toBe(tensorsBefore);
  });

  // Of three tokens with these logits, the second has probability 1/2: 2 / (1 + 2 + 1).
  const row = [0, Math.log(2), 0];
  const logits = () =>
    tf.tensor3d([
      [row, row],
      [row, [9, 9, -9]],
    ]);
  const targets = () =>
    tf.tensor2d(
      [
        [1, 0],
        [1, 2],
      ],
      undefined,
      'int32',
    );

  test('is the mean of −log p over what the loss mask leaves', async () => {
    const lossMask = tf.tensor2d([
      [1, 1],
      [0, 0],
    ]);
    const value = await loss(logits(), targets(), lossMask).array();
    expect(value).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 6);
    const other = tf.tensor2d([
      [1, 0],
      [1, 0],
    ]);
    expect(await loss(logits(), targets(), other).array()).toBeCloseTo(Math.log(2), 6);
  });

  test('has the gradient (p − 1 at the target) / count, and none where it is masked', async () => {
    const lossMask = tf.tensor2d([
      [1, 1],
      [0, 0],
    ]);
    const gradient = tf.grad((x: tf.Tensor) => loss(x as tf.Tensor3D, targets(), lossMask))(logits());
    const expected = [
      [
        [0.125, -0.25, 0.125],
        [-0.375, 0.25, 0.125],
      ],
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ].flat(2);
    (await gradient.data()).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 6);
    });
  });

  test('is 0 and teaches nothing where the loss mask leaves no token', async () => {
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) =>
      loss(x as tf.Tensor3D, targets(), tf.zeros([2, 2])),
    )(logits());
    expect([await value.array(), await tf.max(tf.abs(grad)).array()]).toEqual([0, 0]);
  });

  test('stays finite for logits of a thousand', async () => {
    const huge = tf.tensor3d([
      [
        [1000, 0],
        [-1000, 0],
      ],
    ]);
    const value = loss(huge, tf.tensor2d([[1, 0]], undefined, 'int32'), tf.ones([1, 2]));
    expect(await value.array()).toBe(1000);
  });

  test('and its gradient are the same in chunks of any size, and as tfjs’s own ops give them', async () => {
    const generator = seededRandom('loss');
    const [batch, length, vocabulary] = [3, 5, 7];
    const size = batch * length;
    const shape: [number, number] = [batch, length];
    const given = tf.tensor3d(
      Float32Array.from({ length: size * vocabulary }, () => 3 * generator.normal()),
      [...shape, vocabulary],
    );
    const wanted = tf.tensor2d(
      Int32Array.from({ length: size }, () => generator.integer(vocabulary)),
      shape,
    );
    const lossMask = tf.tensor2d(
      Float32Array.from({ length: size }, () => generator.integer(2)),
      shape,
    );
    const plain = (x: tf.Tensor) =>
      tf
        .logSoftmax(x)
        .mul(tf.oneHot(wanted, vocabulary))
        .sum(-1)
        .mul(lossMask)
        .sum()
        .div(tf.sum(lossMask))
        .neg();
    // The seed of the gradient is 3, as where a loss is scaled.
    const both = async (of: (x: tf.Tensor) => tf.Tensor) => {
      const { value, grad } = tf.valueAndGrad(of)(given, tf.scalar(3));
      return [...(await value.data()), ...(await grad.data())];
    };
    const expected = await both(plain);
    for (const chunk of [1, 2 * vocabulary, 4 * vocabulary + 1, size * vocabulary]) {
      const found = await both(x => loss(x as tf.Tensor3D, wanted, lossMask, { chunk }));
      found.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i] as number, 5);
      });
    }
  });

  test('is the same compiled, gradient and all', async () => {
    const masks = [
      tf.tensor2d([
        [1, 1],
        [0, 0],
      ]),
      tf.tensor2d([
        [0, 1],
        [1, 1],
      ]),
      tf.zeros<tf.Rank.R2>([2, 2]),
    ];
    const step = (x: tf.Tensor3D, lossMask: tf.Tensor2D) => {
      const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => loss(x as tf.Tensor3D, targets(), lossMask))(
        x,
      );
      return { value, grad };
    };
    const compiled = compile(step, {
      onFallback: noFallbackOn(backend),
    });
    for (const lossMask of masks) {
      const [expected, found] = [step(logits(), lossMask), compiled(logits(), lossMask)];
      expect(await found.value.array()).toBeCloseTo((await expected.value.array()) as number, 6);
      expect(await tf.max(tf.abs(tf.sub(found.grad, expected.grad))).array()).toBeLessThan(1e-6);
    }
    compiled.dispose();
  });

  test('names the shapes that disagree', () => {
    expect(() => loss(logits(), tf.zeros([2, 3], 'int32'), tf.zeros([2, 2]))).toThrow(
      'Cannot compute the loss: its inputs must be logits [B, T, V], targets [B, T] and lossMask [B, T], got [2,2,3], [2,3] and [2,2]',
    );
    expect(() => loss(logits(), targets(), tf.zeros<tf.Rank.R2>([1, 4]))).toThrow(RangeError);
  });
});
