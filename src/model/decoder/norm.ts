import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../../compute/index.ts';
import type { ModelConfig } from '../config.ts';
import { type Weights, weightOf } from '../network.ts';
import { layerNorm, rmsNorm } from '../norms.ts';
import type { Decoder } from './decoder.ts';

/** Function that applies the norm of a name over the last dimension; without a name it returns its input. */
export type ApplyNorm = <T extends Tensor>(name: string | undefined, x: T) => T;

/** Returns the function that applies a decoder's norms. */
export function decoderNorm({ normEpsilon }: ModelConfig, { norm }: Decoder, weights: Weights): ApplyNorm {
  return (name, x) => {
    if (name === undefined) return x;
    const scale = weightOf(weights, `${name}.weight`);
    if (norm === 'layer') return layerNorm(x, scale, weightOf(weights, `${name}.bias`), normEpsilon);
    return rmsNorm(x, norm === 'rms' ? scale : tf.add(scale, 1), normEpsilon);
  };
}
