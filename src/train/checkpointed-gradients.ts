import type { Scalar, Tensor, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import {
  blocks,
  type Dropout,
  type Model,
  network,
  noDropout,
  requireLength,
  sequenceInputs,
  type Weights,
} from '../model/index.ts';
import type { Batch, LossGradients } from './batch.ts';
import { loss } from './loss.ts';

/**
 * Computes the loss and its gradients in the memory of one block: of all others only the inputs are kept, and each is
 * recomputed when its gradients are due. Takes up to a third more time, and gives the same to the bit.
 *
 * @param trained weights that the gradients are for, among the model's.
 * @see Chen et al. 2016, Training Deep Nets with Sublinear Memory Cost
 */
export function checkpointedGradients(
  { config, weights }: Model,
  { ids, targets, lossMask, positions }: Batch,
  trained: Weights,
  dropout: Dropout = noDropout,
): LossGradients {
  const length = ids.shape[1];
  requireLength(config, length);
  const { embed, logits } = network(config);
  const [names, tensors] = [Object.keys(trained), Object.values(trained)];
  const gradients: Record<string, Tensor> = {};

  /** Recomputes a part of the model, and adds its gradients for the weights. */
  const backward = (part: () => Tensor, x: readonly Tensor[], dy?: Tensor) => {
    const { value, grads } = tf.engine().gradients(part, [...x, ...tensors], dy, true);
    grads.slice(x.length).forEach((gradient, i) => {
      if (gradient) addTo(gradients, names[i] as string, gradient);
    });
    return { value, dx: grads[0] as Tensor3D };
  };

  return tf.tidy(() => {
    const inOrder = blocks(config, weights, { ...sequenceInputs(config, length, positions), dropout });
    const embedding = () => dropout(embed(weights, ids, positions), 'hidden', 'embedding');
    const inputs = [tf.tidy(embedding)]; // of each block, [B, T, C]
    for (const [layer, block] of inOrder.entries()) {
      const x = inputs[layer] as Tensor3D;
      inputs.push(tf.tidy(() => block(x)));
    }
    const last = inputs.pop() as Tensor3D;
    const head = backward(() => loss(logits(weights, last), targets, lossMask), [last]);
    last.dispose();
    let dy = head.dx;
    for (const block of inOrder.reverse()) {
      const input = inputs.pop() as Tensor3D;
      const x = after(input, dy);
      const { value, dx } = backward(() => block(x), [x], dy);
      tf.dispose([input, x, value, dy]);
      dy = dx;
    }
    backward(embedding, [], dy);
    return { loss: head.value as Scalar, gradients };
  });
}

/**
 * Returns `x` itself, though not before `y` is known. To a compiler a block that is computed twice from one input would
 * be one, whose values it keeps from the first time to the second; and where their order is free, all could be
 * recomputed at once.
 */
function after<T extends Tensor>(x: T, y: Tensor): T {
  return tf.tidy(() => {
    const one = tf.slice(tf.reshape(y, [y.size]), [0], [1]);
    return tf.add(x, tf.reshape(tf.minimum(tf.abs(one), 0), []));
  });
}

function addTo(sums: Record<string, Tensor>, name: string, gradient: Tensor): void {
  const before = sums[name];
  sums[name] = before ? tf.add(before, gradient) : gradient;
  if (before) tf.dispose([before, gradient]);
}
