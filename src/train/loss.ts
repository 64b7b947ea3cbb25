import type { GradSaveFunc, Scalar, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';

/** Most logits in a chunk: 64 MB for each copy of them that an op makes. */
const CHUNK = 2 ** 24;

/**
 * Computes the mean next-token cross-entropy over the tokens the teacher wrote.
 * User turns and padding are masked out.
 *
 * Computed a chunk of positions at a time, in its gradient too, so that the only tensors as large as the logits
 * are the logits and their gradient.
 *
 * @param logits float32 [B, T, V], unnormalised; differentiable in these alone, once.
 * @param targets int32 [B, T], the token at t + 1.
 * @param lossMask float32 [B, T], 1 where the loss counts.
 * @returns scalar, nats per supervised token; 0, and no gradient, where the loss mask leaves no token.
 * @throws {RangeError} if the shapes disagree.
 * @see Gudibande et al. 2023, §4.1
 */
export function loss(
  logits: Tensor3D,
  targets: Tensor2D,
  lossMask: Tensor2D,
  { chunk = CHUNK }: { chunk?: number } = {},
): Scalar {
  requireShapes(logits, targets, lossMask);
  const vocabulary = logits.shape[2];
  const positions = targets.size;
  const rows = Math.max(1, Math.floor(chunk / vocabulary));
  const part = (x: Tensor, start: number, count: number) => tf.slice(x, [start, 0], [count, x.shape[1] ?? 0]);
  return tf.tidy(() => {
    const token = tf.reshape(targets, [positions, 1]);
    const counted = tf.reshape(lossMask, [positions, 1]);
    const share = tf.div(counted, tf.maximum(tf.sum(counted), 1));

    const crossEntropy = tf.customGrad((...args: (Tensor | GradSaveFunc)[]) => {
      const [flat, save] = args as [Tensor, GradSaveFunc];
      // The log of each position's sum of exponentials.
      const normaliser = byRows(positions, rows, (start, count) =>
        tf.logSumExp(part(flat, start, count), 1, true),
      );
      const indices = tf.concat([tf.range(0, positions, 1, 'int32').reshape([positions, 1]), token], 1);
      const chosen = tf.reshape(tf.gatherND(flat, indices), [positions, 1]);
      const value = tf.sum(tf.mul(tf.sub(normaliser, chosen), share));
      save([flat, normaliser, token, share]);
      const gradFunc = (dy: Tensor, saved: Tensor[]) => {
        const [flat, normaliser, token, share] = saved as [Tensor, Tensor, Tensor, Tensor];
        const weight = tf.mul(share, dy);
        return byRows(positions, rows, (start, count) => {
          const probability = tf.exp(tf.sub(part(flat, start, count), part(normaliser, start, count)));
          const target = tf.oneHot(tf.reshape(part(token, start, count), [count]), vocabulary);
          return tf.mul(tf.sub(probability, target), part(weight, start, count));
        });
      };
      return { value, gradFunc };
    });
    return crossEntropy(tf.reshape(logits, [positions, vocabulary])) as Scalar;
  });
}

/** Computes `rows` rows at a time and joins them; intermediate tensors of a chunk are freed with it. */
function byRows(total: number, rows: number, of: (start: number, count: number) => Tensor): Tensor {
  const parts: Tensor[] = [];
  for (let start = 0; start < total; start += rows) {
    parts.push(tf.tidy(() => of(start, Math.min(rows, total - start))));
  }
  return parts.length === 1 ? (parts[0] as Tensor) : tf.concat(parts, 0);
}

function requireShapes(logits: Tensor, targets: Tensor, lossMask: Tensor): void {
  const positions = String(logits.shape.slice(0, -1));
  if (logits.rank === 3 && String(targets.shape) === positions && String(lossMask.shape) === positions)
    return;
  throw new RangeError(
    'Cannot compute the loss: its inputs must be logits [B, T, V], targets [B, T] and lossMask [B, T], ' +
      `got [${logits.shape}], [${targets.shape}] and [${lossMask.shape}]`,
  );
}
