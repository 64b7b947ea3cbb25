import * as tf from '@tensorflow/tfjs';
import { type Drop, dropNothing, type Model, network, requireLength, type Weights } from '../model/index.ts';
import type { Batch, LossGradients } from './batch.ts';
import { loss } from './loss.ts';

/**
 * The loss and its gradients in the memory of one block: of all others only what they read is kept, and each is
 * computed again when its gradients are due. Takes up to a third more time, and gives the same to the bit.
 *
 * @param trained what the gradients are for, among the model's weights.
 * @see Chen et al. 2016, Training Deep Nets with Sublinear Memory Cost
 */
export function checkpointedGradients(
  { config, weights }: Model,
  { ids, targets, lossMask }: Batch,
  trained: Weights,
  drop: Drop = dropNothing,
): LossGradients {
  const length = ids.shape[1];
  requireLength(config, length);
  const { embed, places, block, logits } = network(config);
  const [names, tensors] = [Object.keys(trained), Object.values(trained)];
  const gradients: Record<string, tf.Tensor> = {};

  /** Computes a part of the model again, and takes what it owes to the weights. */
  const backThrough = (part: () => tf.Tensor, x: readonly tf.Tensor[], dy?: tf.Tensor) => {
    const { value, grads } = tf.engine().gradients(part, [...x, ...tensors], dy, true);
    grads.slice(x.length).forEach((gradient, i) => {
      if (gradient) addTo(gradients, names[i] as string, gradient);
    });
    return { value, dx: grads[0] as tf.Tensor3D };
  };

  return tf.tidy(() => {
    const shared = { ...places(length), drop };
    const embedded = () => drop(embed(weights, ids), 'hidden', 'embedding');
    const run = (layer: number, x: tf.Tensor3D) => block(weights, layer, x, shared);
    const inputs = [tf.tidy(embedded)];
    for (let layer = 0; layer < config.layers; layer++) {
      const x = inputs[layer] as tf.Tensor3D;
      inputs.push(tf.tidy(() => run(layer, x)));
    }
    const last = inputs.pop() as tf.Tensor3D;
    const head = backThrough(() => loss(logits(weights, last), targets, lossMask), [last]);
    last.dispose();
    let dy = head.dx;
    for (let layer = config.layers - 1; layer >= 0; layer--) {
      const read = inputs.pop() as tf.Tensor3D;
      const x = after(read, dy);
      const { value, dx } = backThrough(() => run(layer, x), [x], dy);
      tf.dispose([read, x, value, dy]);
      dy = dx;
    }
    backThrough(embedded, [], dy);
    return { loss: head.value as tf.Scalar, gradients };
  });
}

/**
 * `x` itself, though not before `y` is known. To a compiler a block that is computed twice from one input would be
 * one, whose values it keeps from the first time to the second; and where their order is free, all could be
 * computed again at once.
 */
function after<T extends tf.Tensor>(x: T, y: tf.Tensor): T {
  return tf.tidy(() => {
    const one = tf.slice(tf.reshape(y, [y.size]), [0], [1]);
    return tf.add(x, tf.reshape(tf.minimum(tf.abs(one), 0), []));
  });
}

function addTo(sums: Record<string, tf.Tensor>, name: string, gradient: tf.Tensor): void {
  const before = sums[name];
  sums[name] = before ? tf.add(before, gradient) : gradient;
  if (before) tf.dispose([before, gradient]);
}
