import * as tf from '@tensorflow/tfjs';
import { seededRandom } from '../stats/index.ts';
import { type Model, modelOf } from './model.ts';

/** Standard deviation of what tells new tokens apart. */
const DEVIATION = 0.02; // as of first weights

/** The matrices with a row for each token, in Hugging Face's names. */
const PER_TOKEN = ['transformer.wte.weight', 'model.embed_tokens.weight', 'lm_head.weight'];

/**
 * A model with rows for further tokens, such as those that mark turns. Each new row is the mean of the old ones, so
 * that no new token is likelier than a usual one before it is learned, and a little noise.
 *
 * @param size tokens of the new vocabulary.
 * @param seed of the noise.
 * @returns a model whose weights are all its own to dispose; the given one stays as it is.
 * @throws {RangeError} if the new vocabulary is smaller.
 * @see Hewitt 2021, Initializing New Word Embeddings for Pretrained Language Models
 */
export function growVocabulary({ config, weights }: Model, size: number, seed: number | string): Model {
  const added = size - config.vocabSize;
  if (!(Number.isInteger(size) && added >= 0)) {
    throw new RangeError(
      `Cannot grow the vocabulary: at least ${config.vocabSize} tokens are required, found ${size}`,
    );
  }
  const grown = Object.entries(weights).map(([name, weight]) => {
    if (!PER_TOKEN.includes(name) || added === 0) return [name, tf.clone(weight)] as const;
    const width = weight.shape[1] ?? 0;
    const { normal } = seededRandom(`${seed}/${name}`);
    const noise = Float32Array.from({ length: added * width }, () => DEVIATION * normal());
    const rows = () =>
      tf.concat([weight, tf.add(tf.mean(weight, 0, true), tf.tensor2d(noise, [added, width]))], 0);
    return [name, tf.tidy(rows)] as const;
  });
  return modelOf({ ...config, vocabSize: size }, Object.fromEntries(grown));
}
