import type { Tensor } from '@tensorflow/tfjs';
import { seededRandom } from '../stats/index.ts';
import { tensorflowBackend } from './tensorflow-backend.ts';
import { tf } from './tf.ts';

/**
 * Draws random numbers, in a compiled step again at each call: they follow from the seed alone, and the seed is a
 * tensor. The same seed gives the same numbers on one backend; backends differ.
 *
 * @param shape extents of the result.
 * @param seed int32 [2], such as the run's seed and the number of the step.
 * @param stream distinguishes several draws of one step.
 * @returns float32, uniform in [0, 1).
 * @throws {RangeError} if the seed is no int32 tensor of two numbers.
 */
export function randomUniform(shape: readonly number[], seed: Tensor, stream = 0): Tensor {
  if (seed.dtype !== 'int32' || seed.size !== 2 || seed.rank !== 1)
    throw new RangeError(
      `Cannot draw random numbers: the seed must be int32 [2], found ${seed.dtype} [${seed.shape}]`,
    );
  const backend = tensorflowBackend();
  if (!backend) return fromJavaScript(shape, seed, stream);
  const { TF_ATTR_TYPE, TF_FLOAT, TF_INT32 } = backend.addon;
  const attributes = [
    { name: 'dtype', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'T', type: TF_ATTR_TYPE, value: TF_INT32 },
    { name: 'Tseed', type: TF_ATTR_TYPE, value: TF_INT32 },
  ];
  return tf.tidy(() => {
    // The multiplier keeps streams of neighbouring seeds apart.
    const own = seed.add(tf.tensor1d([Math.imul(stream, 0x9e3779b1), stream], 'int32'));
    const extents = tf.tensor1d([...shape], 'int32');
    return backend.executeSingleOutput('StatelessRandomUniform', attributes, [extents, own]);
  });
}

function fromJavaScript(shape: readonly number[], seed: Tensor, stream: number): Tensor {
  const generator = seededRandom(`${[...seed.dataSync()].join(' ')} ${stream}`);
  const size = shape.reduce((product, extent) => product * extent, 1);
  // Whole 24-bit numbers, so that none rounds up to 1 in float32.
  const values = Float32Array.from({ length: size }, () => generator.integer(2 ** 24) / 2 ** 24);
  return tf.tensor(values, [...shape]);
}
