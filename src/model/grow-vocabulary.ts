import { tf } from '../compute/index.ts';
import { seededRandom } from '../stats/index.ts';
import { INITIAL_DEVIATION } from './architecture.ts';
import { architectureOf } from './architectures/index.ts';
import { type Model, modelOf } from './model.ts';

/**
 * Adds rows for further tokens, such as role tokens. Each new row is the mean of the old ones, so that no new token is
 * likelier than a usual one before training, with noise of the deviation of initial weights.
 *
 * @param size tokens of the new vocabulary.
 * @param seed of the noise.
 * @returns a model with weights of its own to dispose; those of the given one are unchanged.
 * @throws {RangeError} if the new vocabulary is smaller.
 * @see Hewitt 2021, Initializing New Word Embeddings for Pretrained Language Models
 */
export function growVocabulary(
  { config, weights, stored }: Model,
  size: number,
  seed: number | string,
): Model {
  const added = size - config.vocabSize;
  if (!(Number.isInteger(size) && added >= 0)) {
    throw new RangeError(
      `Cannot grow the vocabulary: at least ${config.vocabSize} tokens are required, found ${size}`,
    );
  }
  const { tokenEmbedding, output } = architectureOf(config).decoder(config);
  const perToken = [`${tokenEmbedding}.weight`, `${output}.weight`];
  const grown = Object.entries(weights).map(([name, weight]) => {
    if (!perToken.includes(name) || added === 0) return [name, tf.clone(weight)] as const;
    const hiddenSize = weight.shape[1] ?? 0;
    const { normal } = seededRandom(`${seed}/${name}`);
    const noise = Float32Array.from({ length: added * hiddenSize }, () => INITIAL_DEVIATION * normal());
    const rows = () =>
      tf.concat([weight, tf.add(tf.mean(weight, 0, true), tf.tensor2d(noise, [added, hiddenSize]))], 0);
    return [name, tf.tidy(rows)] as const;
  });
  return modelOf({ ...config, vocabSize: size }, Object.fromEntries(grown), stored);
}
