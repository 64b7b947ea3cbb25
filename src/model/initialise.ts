import * as tf from '@tensorflow/tfjs';
import { seededRandom } from '../stats/index.ts';
import type { ModelConfig } from './config.ts';
import { network } from './forward.ts';

/** Standard deviation of first weights. */
const DEVIATION = 0.02; // GPT-2's, and Hugging Face's for LLaMA

/**
 * First weights of a model, to be trained from scratch: normal with deviation 0.02, scales of norms 1, biases 0.
 * GPT-2's maps into the residual stream are smaller by the square root of their number.
 *
 * @param seed each weight draws from a stream of its own, named by the seed and the weight.
 * @returns float32 by the names of `network(config).shapes`; `tf.dispose` frees them.
 * @see Radford et al. 2019, §2.3
 */
export function initialise(config: ModelConfig, seed: number | string): Record<string, tf.Tensor> {
  const weights: Record<string, tf.Tensor> = {};
  for (const [name, shape] of network(config).shapes) {
    const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
    if (name.endsWith('.bias')) values.fill(0);
    else if (shape.length === 1) values.fill(1);
    else {
      const residual = config.architecture === 'gpt2' && name.endsWith('.c_proj.weight');
      const deviation = residual ? DEVIATION / Math.sqrt(2 * config.layers) : DEVIATION;
      const { normal } = seededRandom(`${seed}/${name}`);
      for (let i = 0; i < values.length; i++) values[i] = deviation * normal();
    }
    weights[name] = tf.tensor(values, [...shape]);
  }
  return weights;
}
