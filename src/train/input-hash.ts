import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs';
import type { Model } from '../model/index.ts';
import type { Block } from '../tokenize/index.ts';

/** Elements of each weight that tell a model from another one. */
const SAMPLED = 1024;

/** SHA-256 of blocks: tokens, targets and mask, in their order; 64 hexadecimal digits. */
export function blocksHash(blocks: readonly Block[]): string {
  const hash = createHash('sha256');
  for (const { ids, targets, lossMask } of blocks) {
    hash.update(`${ids.length};`).update(ids).update(targets).update(lossMask);
  }
  return hash.digest('hex');
}

/**
 * Tells the model that a run begins with from others: SHA-256 of its weights' names, shapes and first elements.
 * All of a large model's elements would take minutes to read.
 */
export async function weightsHash({ weights }: Model): Promise<string> {
  const hash = createHash('sha256');
  for (const name of Object.keys(weights).sort()) {
    const weight = weights[name];
    if (!weight) continue;
    const first = tf.tidy(() =>
      tf.slice(tf.reshape(weight, [weight.size]), [0], [Math.min(SAMPLED, weight.size)]),
    );
    const { buffer, byteOffset, byteLength } = await first.data();
    hash.update(`${name} ${weight.shape};`).update(new Uint8Array(buffer, byteOffset, byteLength));
    first.dispose();
  }
  return hash.digest('hex');
}
