import type { GradSaveFunc, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../../compute/index.ts';
import type { ModelConfig } from '../config.ts';
import { linear } from '../linear.ts';
import { type Network, type Weights, weightOf } from '../network.ts';
import { rotaryEmbedding } from '../rotary-embedding.ts';
import { softcapped } from '../softcap.ts';
import { decoderBlock } from './block.ts';
import type { Decoder } from './decoder.ts';
import { decoderNorm } from './norm.ts';

/** Builds the network of a decoder-only transformer. */
export function decoderNetwork(config: ModelConfig, decoder: Decoder): Network {
  const { attention, tokenEmbedding, finalNorm } = decoder;
  const { sliding, headDim } = attention;
  const { logitsDivisor = 1, logitsSoftcap } = decoder;
  const rope = attention.rope && rotaryEmbedding(attention.rope, headDim);
  const output = config.tieWordEmbeddings ? tokenEmbedding : decoder.output;
  return {
    window: sliding?.window,
    embed: (weights, ids, positions) => embed(config, decoder, weights, ids, positions),
    rope,
    slidingRope: sliding?.rope ? rotaryEmbedding(sliding.rope, headDim) : rope,
    block: decoderBlock(config, decoder),
    logits(weights, x) {
      const normed = decoderNorm(config, decoder, weights)(finalNorm, x);
      const mapped = linear(weights, output, normed, true);
      const logits: Tensor3D = logitsDivisor === 1 ? mapped : tf.div(mapped, logitsDivisor);
      return softcapped(logits, logitsSoftcap);
    },
  };
}

function embed(
  { hiddenSize }: ModelConfig,
  { tokenEmbedding, positionEmbedding, padTokenId, embeddingMultiplier = 1 }: Decoder,
  weights: Weights,
  ids: Tensor2D,
  positions: Tensor2D | undefined,
): Tensor3D {
  const table = weightOf(weights, `${tokenEmbedding}.weight`);
  const found = tf.gather(table, ids) as Tensor3D;
  const tokens = padTokenId === undefined ? found : withoutGradientAt(found, ids, padTokenId);
  const scaled: Tensor3D = embeddingMultiplier === 1 ? tokens : tf.mul(tokens, embeddingMultiplier);
  if (positionEmbedding === undefined) return scaled;
  const wpe = weightOf(weights, `${positionEmbedding}.weight`); // [maxPositions, C]
  const placed = positions ? tf.gather(wpe, positions) : tf.slice(wpe, [0, 0], [ids.shape[1], hiddenSize]);
  return tf.add(scaled, placed);
}

/** Returns embedded tokens, of which those of one id give no gradient. */
function withoutGradientAt(embedded: Tensor3D, ids: Tensor2D, id: number): Tensor3D {
  const compute = tf.customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const [x, save] = args as [Tensor, GradSaveFunc];
    save([tf.cast(tf.expandDims(tf.notEqual(ids, tf.scalar(id, 'int32')), 2), 'float32')]);
    return { value: tf.clone(x), gradFunc: (dy: Tensor, [others]: Tensor[]) => tf.mul(dy, others as Tensor) };
  });
  return compute(embedded) as Tensor3D;
}
