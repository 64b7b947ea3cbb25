import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../../compute/index.ts';
import type { ModelConfig } from '../config.ts';
import { linear } from '../linear.ts';
import { type LayerRopes, type Network, type Weights, weightOf } from '../network.ts';
import { ropeTables } from '../rope.ts';
import type { Rope } from '../rope-frequencies.ts';
import { softcapped } from '../softcap.ts';
import { decoderBlock } from './block.ts';
import type { Decoder } from './decoder.ts';
import { decoderNorm } from './norm.ts';

/** Builds the network of a decoder-only transformer. */
export function decoderNetwork(config: ModelConfig, decoder: Decoder): Network {
  const { attention, tokenEmbedding, finalNorm } = decoder;
  const { rope, sliding, headDim } = attention;
  const { logitsDivisor = 1, logitsSoftcap } = decoder;
  const ropeLimit = rope?.scaling?.type === 'longrope' ? rope.scaling.originalMaxPositions : undefined;
  const ropesFor = (length: number, sequenceLengths: readonly number[]): LayerRopes => {
    const tables = (of: Rope) => ropeTables(of, length, headDim, sequenceLengths);
    const full = rope && tables(rope);
    return { full, sliding: sliding?.rope ? tables(sliding.rope) : full };
  };
  const output = config.tieWordEmbeddings ? tokenEmbedding : decoder.output;
  return {
    window: sliding?.window,
    embed: (weights, ids, positions) => embed(config, decoder, weights, ids, positions),
    ropes: (length, sequenceLength = length) => ropesFor(length, [sequenceLength]),
    ropesOfAll: length => ropesFor(length, ropeLimit === undefined ? [length] : [ropeLimit, ropeLimit + 1]),
    ropeLimit,
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
  { tokenEmbedding, positionEmbedding, embeddingMultiplier = 1 }: Decoder,
  weights: Weights,
  ids: Tensor2D,
  positions: Tensor2D | undefined,
): Tensor3D {
  const table = weightOf(weights, `${tokenEmbedding}.weight`);
  const scaled = (tokens: Tensor3D): Tensor3D =>
    embeddingMultiplier === 1 ? tokens : tf.mul(tokens, embeddingMultiplier);
  if (positionEmbedding === undefined) return scaled(tf.gather(table, ids) as Tensor3D);
  const wpe = weightOf(weights, `${positionEmbedding}.weight`); // [maxPositions, C]
  const placed = positions ? tf.gather(wpe, positions) : tf.slice(wpe, [0, 0], [ids.shape[1], hiddenSize]);
  return tf.add(scaled(tf.gather(table, ids) as Tensor3D), placed);
}
