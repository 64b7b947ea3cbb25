import * as tf from '@tensorflow/tfjs';
import type { Random } from '../../../src/stats/index.ts';

const VOCABULARY = 16;
const WIDTH = 8;
const HEADS = 2;
const LENGTH = 6;
const BATCH = 3;

/** One block of a transformer with its loss: every kind of op that a language model takes. */
export interface TinyTransformer {
  variables: tf.Variable[];
  /** @returns mean cross-entropy in nats. */
  loss(ids: tf.Tensor, targets: tf.Tensor): tf.Scalar;
  /** A fresh batch: int32 ids and targets, [B, T]. */
  batch(random: Random): [tf.Tensor, tf.Tensor];
}

/** A transformer of one block with random weights. */
export function tinyTransformer(random: Random): TinyTransformer {
  const weights = (...shape: number[]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return tf.variable(
      tf.tensor(
        Float32Array.from({ length: size }, () => random.normal() * 0.2),
        shape,
      ),
    );
  };
  const embed = weights(VOCABULARY, WIDTH);
  const places = weights(LENGTH, WIDTH);
  const [gain, shift] = [weights(WIDTH), weights(WIDTH)];
  const attend = weights(WIDTH, 3 * WIDTH);
  const join = weights(WIDTH, WIDTH);
  const [up, down] = [weights(WIDTH, 4 * WIDTH), weights(4 * WIDTH, WIDTH)];
  const future = tf.tensor2d(
    Array.from({ length: LENGTH }, (_, i) => Array.from({ length: LENGTH }, (_, j) => (j > i ? -1e9 : 0))),
  );

  const normalize = (x: tf.Tensor) => {
    const { mean, variance } = tf.moments(x, -1, true);
    return x.sub(mean).mul(variance.add(1e-5).rsqrt()).mul(gain).add(shift);
  };
  const project = (x: tf.Tensor, matrix: tf.Tensor) =>
    tf.matMul(x.reshape([-1, matrix.shape[0] ?? 0]), matrix).reshape([BATCH, LENGTH, -1]);
  const heads = (x: tf.Tensor) => x.reshape([BATCH, LENGTH, HEADS, WIDTH / HEADS]).transpose([0, 2, 1, 3]);

  return {
    variables: [embed, places, gain, shift, attend, join, up, down],
    loss: (ids, targets) => {
      let x: tf.Tensor = tf.gather(embed, ids).add(places);
      const [q, k, v] = tf.split(project(normalize(x), attend), 3, -1).map(heads) as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ];
      const scores = tf
        .matMul(q, k, false, true)
        .mul(1 / Math.sqrt(WIDTH / HEADS))
        .add(future);
      const mixed = tf.matMul(tf.softmax(scores), v).transpose([0, 2, 1, 3]).reshape([BATCH, LENGTH, WIDTH]);
      x = x.add(project(mixed, join));
      x = x.add(project(project(normalize(x), up).relu(), down));
      const logits = tf.matMul(normalize(x).reshape([-1, WIDTH]), embed, false, true);
      const chosen = tf.oneHot(targets.flatten(), VOCABULARY).cast('float32');
      return tf.logSoftmax(logits).mul(chosen).sum(-1).mean().neg().asScalar();
    },
    batch: generator => {
      const ids = Int32Array.from({ length: BATCH * LENGTH }, () => generator.integer(VOCABULARY));
      // Each target is its id's successor, so that every batch teaches the same.
      const targets = ids.map(id => (id + 1) % VOCABULARY);
      return [tf.tensor(ids, [BATCH, LENGTH]), tf.tensor(targets, [BATCH, LENGTH])];
    },
  };
}
