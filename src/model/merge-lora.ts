import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { adaptedMaps, adapterNames, adapterOf } from './adapter.ts';
import { type Model, modelOf } from './model.ts';
import { linearMaps } from './model-sizes.ts';
import { weightOf } from './network.ts';

/**
 * Merges a model's adapters into its matrices: it computes the same, and saves as any model does.
 *
 * @returns weights of its own; the model given keeps its own and its adapters.
 * @throws {RangeError} if an adapter belongs to no linear map of the model.
 * @see Hu et al. 2021, §4.1
 */
export function mergeLora({ config, weights, stored }: Model): Model {
  const maps = linearMaps(config);
  const merged = tf.tidy(() => {
    const result: Record<string, Tensor> = {};
    const parts = adaptedMaps(weights).flatMap(name => Object.values(adapterNames(name)));
    for (const [name, weight] of Object.entries(weights)) {
      if (!parts.includes(name)) result[name] = tf.clone(weight);
    }
    for (const name of adaptedMaps(weights)) {
      const map = maps.get(name);
      const adapter = adapterOf(weights, name);
      if (!map || !adapter) {
        throw new RangeError(
          `Cannot merge adapters: a linear map "${name}" is required, found none of this name`,
        );
      }
      const { a, b, scale } = adapter;
      const added = map.transposed ? tf.matMul(b, a) : tf.matMul(a, b, true, true);
      result[`${name}.weight`] = tf.add(weightOf(weights, `${name}.weight`), tf.mul(added, scale));
    }
    return result;
  });
  return modelOf(config, merged, stored);
}
