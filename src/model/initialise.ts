import { totalmem } from 'node:os';
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { seededRandom } from '../stats/index.ts';
import { architectureOf } from './architectures/index.ts';
import type { ModelConfig } from './config.ts';
import { decoderOf, weightShapes } from './model-sizes.ts';

/**
 * Initialises the weights of a model to train from scratch: matrices normal with the architecture's deviation, scales
 * of norms 1 (their weights 0 where those are added to 1), biases 0.
 *
 * @param seed of the random numbers; each weight draws from a stream of its own, named by the seed and the weight.
 * @throws {RangeError} if the weights alone exceed the machine's memory.
 * @returns float32 by the names of {@link weightShapes}; `tf.dispose` frees them.
 */
export function initialise(config: ModelConfig, seed: number | string): Record<string, Tensor> {
  requireMemory(config);
  const weights: Record<string, Tensor> = {};
  const { norm } = decoderOf(config);
  for (const [name, shape] of weightShapes(config)) {
    const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
    if (name.endsWith('.bias')) values.fill(0);
    else if (shape.length === 1) values.fill(norm === 'rms-plus-one' ? 0 : 1);
    else {
      const deviation = architectureOf(config).initialDeviation(config, name);
      const { normal } = seededRandom(`${seed}/${name}`);
      for (let i = 0; i < values.length; i++) values[i] = deviation * normal();
    }
    weights[name] = tf.tensor(values, [...shape]);
  }
  return weights;
}

/** Requires the weights to fit into the machine's memory, before any is asked for. */
function requireMemory(config: ModelConfig): void {
  const sizeWith = (layers: number) =>
    [...weightShapes({ ...config, layers }).values()]
      .map(shape => shape.reduce((product, length) => product * length, 1))
      .reduce((sum, size) => sum + size, 0);
  const [one, two] = [sizeWith(1), sizeWith(2)];
  const bytes = 4 * (one + (config.layers - 1) * (two - one));
  const most = totalmem();
  if (bytes <= most) return;
  throw new RangeError(
    `Cannot initialise the model: at most ${most} bytes of weights are required, found ${bytes}`,
  );
}
