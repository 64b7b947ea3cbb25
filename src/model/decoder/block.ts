import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../../compute/index.ts';
import { activate } from '../activations.ts';
import { attention, headsFirst } from '../attention.ts';
import type { ModelConfig } from '../config.ts';
import { linear } from '../linear.ts';
import { type BlockInputs, type Network, noDropout, noKvCache, type Weights, weightOf } from '../network.ts';
import { applyRope } from '../rope.ts';
import { type AttentionParts, blockName, type Decoder, isFused, type MlpParts } from './decoder.ts';
import { type ApplyNorm, decoderNorm } from './norm.ts';

/** Returns the function that computes a decoder's blocks. */
export function decoderBlock(config: ModelConfig, decoder: Decoder): Network['block'] {
  const { parallelResidual = false, residualMultiplier = 1 } = decoder;
  const scaled = (y: Tensor3D): Tensor3D => (residualMultiplier === 1 ? y : tf.mul(y, residualMultiplier));
  return (weights, layer, x, inputs) => {
    const parts = blockParts(config, decoder, weights, layer, inputs);
    const added = scaled(attend(parts, decoder.attention, x)); // [B, T, C]
    if (parallelResidual) return tf.add(tf.add(scaled(applyMlp(parts, decoder.mlp, x)), added), x);
    const residual: Tensor3D = tf.add(x, added); // [B, T, C]
    return tf.add(residual, scaled(applyMlp(parts, decoder.mlp, residual)));
  };
}

/** A block's maps and norms by their names in it, and what it is computed with. */
interface BlockParts {
  heads: number;
  layer: number;
  inputs: BlockInputs;
  /** Applies a linear map, and its bias if it has one. */
  map: (name: string, x: Tensor3D, bias: boolean) => Tensor3D;
  /** Does the same to what is added to the residual stream, with dropout in training. */
  output: (name: string, x: Tensor3D, bias: boolean) => Tensor3D;
  /** Applies dropout to attention weights in training. */
  dropWeights: <T extends Tensor3D | Tensor4D>(attnWeights: T) => T;
  norm: ApplyNorm;
}

function blockParts(
  config: ModelConfig,
  decoder: Decoder,
  weights: Weights,
  layer: number,
  inputs: BlockInputs,
): BlockParts {
  const block = blockName(decoder, layer);
  const { dropout = noDropout } = inputs;
  const map = (name: string, x: Tensor3D, bias: boolean): Tensor3D => {
    const mapped = linear(weights, block + name, x, !decoder.fanInFanOut, dropout);
    return bias ? tf.add(mapped, weightOf(weights, `${block}${name}.bias`)) : mapped;
  };
  const applied = decoderNorm(config, decoder, weights);
  return {
    heads: config.heads,
    layer,
    inputs,
    map,
    output: (name, x, bias) => dropout(map(name, x, bias), 'hidden', block + name),
    dropWeights: attnWeights => dropout(attnWeights, 'hidden', block + decoder.attention.name),
    norm: (name, x) => applied(name === undefined ? undefined : block + name, x),
  };
}

/** Computes what attention adds to the residual stream, [B, T, C]. */
function attend(block: BlockParts, attentionParts: AttentionParts, x: Tensor3D): Tensor3D {
  const { layer, inputs, norm, output, dropWeights } = block;
  const { scale, softcap, sliding } = attentionParts;
  const { mask, rope } = sliding?.includes(layer) ? requireSliding(inputs) : inputs;
  const rotates = attentionParts.rope !== undefined && (attentionParts.rotates?.(layer) ?? true);
  const rotated = (heads: Tensor4D): Tensor4D => (rotates && rope ? applyRope(heads, rope) : heads);
  if (rotates && !rope) throw new RangeError(`Cannot run layer ${layer}: its rotary embedding is required`);

  const project = projections(block, attentionParts, norm(attentionParts.inputNorm, x));
  const kNow = headsFirst(rotated(project.k())); // [B, K, T, D]
  const vNow = headsFirst(project.v()); // [B, K, T, D]
  const { k, v } = (inputs.kvCache ?? noKvCache)(layer, { k: kNow, v: vNow }); // [B, K, S, D]
  const q = rotated(project.q()); // [B, T, H, D]
  const context = attention(q, k, v, mask, { scale, softcap, dropout: dropWeights }); // [B, T, H · D]
  return norm(attentionParts.outputNorm, output(attentionParts.output, context, attentionParts.outputBias));
}

function requireSliding({ sliding }: BlockInputs): NonNullable<BlockInputs['sliding']> {
  if (sliding) return sliding;
  throw new RangeError('Cannot run the model: the mask of its sliding window is required, found none');
}

/** Queries [B, T, H, D], keys and values [B, T, K, D]; each is computed when it is asked for. */
type Projections = Record<'q' | 'k' | 'v', () => Tensor4D>;

function projections({ heads, map, norm }: BlockParts, parts: AttentionParts, normed: Tensor3D): Projections {
  const { maps, qkvBias, qkNorm, kvHeads, headDim } = parts;
  const [batch, length] = normed.shape;
  const byHead = (x: Tensor3D, count: number): Tensor4D => tf.reshape(x, [batch, length, count, headDim]);
  const normedHeads = (x: Tensor3D, count: number, name: string | undefined): Tensor4D =>
    qkNorm?.over === 'all' ? byHead(norm(name, x), count) : norm(name, byHead(x, count));
  if (isFused(maps)) {
    const { q, k, v } = splitFused(map(maps.qkv, normed, qkvBias), heads, parts);
    return {
      q: () => normedHeads(q, heads, qkNorm?.q),
      k: () => normedHeads(k, kvHeads, qkNorm?.k),
      v: () => byHead(v, kvHeads),
    };
  }
  return {
    q: () => normedHeads(map(maps.q, normed, qkvBias), heads, qkNorm?.q),
    k: () => normedHeads(map(maps.k, normed, qkvBias), kvHeads, qkNorm?.k),
    v: () => byHead(map(maps.v, normed, qkvBias), kvHeads),
  };
}

/** Splits the outputs of one map for all, [B, T, (H + 2K) · D], into queries, keys and values. */
function splitFused(
  qkv: Tensor3D,
  heads: number,
  { maps, kvHeads, headDim }: AttentionParts,
): Record<'q' | 'k' | 'v', Tensor3D> {
  const [batch, length, qkvSize] = qkv.shape;
  if (isFused(maps) && maps.order === 'by-head') {
    const perHead: Tensor4D = tf.reshape(qkv, [batch, length, heads, 3 * headDim]);
    const part = (index: number): Tensor3D =>
      tf.reshape(tf.slice(perHead, [0, 0, 0, index * headDim], [batch, length, heads, headDim]), [
        batch,
        length,
        qkvSize / 3,
      ]);
    return { q: part(0), k: part(1), v: part(2) };
  }
  const widths = [heads, kvHeads, kvHeads].map(count => count * headDim);
  const [q, k, v] = tf.split(qkv, widths, 2) as [Tensor3D, Tensor3D, Tensor3D];
  return { q, k, v };
}

/** Computes what the MLP adds to the residual stream, [B, T, C]. */
function applyMlp({ map, output, norm }: BlockParts, mlp: MlpParts, x: Tensor3D): Tensor3D {
  const normed = norm(mlp.inputNorm, x); // [B, T, C]
  const hidden = mlpHidden(map, mlp, normed); // [B, T, I]
  return norm(mlp.outputNorm, output(mlp.down, hidden, mlp.bias));
}

function mlpHidden(map: BlockParts['map'], { up, gate, bias, activation }: MlpParts, x: Tensor3D): Tensor3D {
  if (gate === undefined) return activate(activation, map(up, x, bias));
  if (gate === 'fused') {
    const [gated, raised] = tf.split(map(up, x, bias), 2, 2) as [Tensor3D, Tensor3D];
    return tf.mul(activate(activation, gated), raised);
  }
  return tf.mul(activate(activation, map(gate, x, bias)), map(up, x, bias));
}
