import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { seededRandom } from '../stats/index.ts';
import { INITIAL_DEVIATION } from './architecture.ts';
import { architectureOf } from './architectures/index.ts';
import { type Model, modelOf } from './model.ts';

/**
 * Part of another token's row that a token starts with. Layers normalise what they read, so that it is read as the other;
 * but where embeddings are tied it is also written, and must be less likely than the other.
 */
const SCALE = 0.8;

/**
 * Starts tokens that a model has not been trained on, such as role tokens, as others: the row of each becomes that of the
 * other, scaled by 0.8, with noise of the deviation of initial weights.
 *
 * @param starts ids of the tokens, with those of the others.
 * @param seed of the noise.
 * @returns a model with weights of its own to dispose; those of the given one are unchanged.
 * @throws {RangeError} if an id is none of the vocabulary.
 */
export async function startTokens(
  { config, weights, stored }: Model,
  starts: ReadonlyMap<number, number>,
  seed: number | string,
): Promise<Model> {
  for (const id of [...starts].flat()) {
    if (Number.isInteger(id) && id >= 0 && id < config.vocabSize) continue;
    throw new RangeError(`Cannot start tokens: ids below ${config.vocabSize} are required, got ${id}`);
  }
  const { tokenEmbedding, output } = architectureOf(config).decoder(config);
  const perToken = [`${tokenEmbedding}.weight`, `${output}.weight`];
  const started: Record<string, Tensor> = {};
  for (const [name, weight] of Object.entries(weights)) {
    if (!perToken.includes(name)) {
      started[name] = tf.clone(weight);
      continue;
    }
    const before = await weight.data<'float32'>();
    const rows = Float32Array.from(before);
    const hiddenSize = weight.shape[1] ?? 0;
    const { normal } = seededRandom(`${seed}/${name}`);
    for (const [id, other] of starts) {
      for (let i = 0; i < hiddenSize; i++)
        rows[id * hiddenSize + i] =
          SCALE * (before[other * hiddenSize + i] ?? 0) + INITIAL_DEVIATION * normal();
    }
    started[name] = tf.tensor(rows, weight.shape);
  }
  return modelOf(config, started, stored);
}
