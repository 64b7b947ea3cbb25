import type { Activation } from '../activations.ts';
import type { Rope } from '../rope-frequencies.ts';

/**
 * Parts of a decoder-only transformer, the names of their weights, and constants: all in which one architecture differs
 * from the next. Sizes that every model has are in its config. Names of a block's parts follow its own, such as
 * `model.layers.0.`; the matrix of a linear map is the weight `NAME.weight`, its bias `NAME.bias`.
 */
export interface Decoder {
  /** Beginning of the weights' names that checkpoints of the bare model leave out, Transformers' `base_model_prefix`. */
  baseModelPrefix: string;
  /** Name of the token embedding, [V, C]. */
  tokenEmbedding: string;
  /** Name of the learned position embedding, [P, C]; default none. */
  positionEmbedding?: string;
  /** Token whose embedding gets no gradient from where it is read, as by PyTorch's `padding_idx`; default none. */
  padTokenId?: number | undefined;
  /** Factor of the embedding; default 1. */
  embeddingMultiplier?: number | undefined;
  /** Beginning of the names of all weights of blocks, before the number of the layer. */
  blockPrefix: string;
  norm: NormKind;
  attention: AttentionParts;
  mlp: MlpParts;
  /** True if attention and MLP read the same residual stream, rather than the MLP what attention added to. */
  parallelResidual?: boolean;
  /** Factor of what attention and MLP add to the residual stream; default 1. */
  residualMultiplier?: number | undefined;
  finalNorm: string;
  /** Name of the output matrix, [V, C], where it is not the token embedding. */
  output: string;
  /** Divisor of the logits; default 1. */
  logitsDivisor?: number | undefined;
  /** Bound that a hyperbolic tangent keeps the logits within; default none. */
  logitsSoftcap?: number | undefined;
  /**
   * True if a linear map's matrix is [inputs, outputs], as PEFT's `fan_in_fan_out` states; default [outputs, inputs].
   */
  fanInFanOut?: boolean;
}

/** Layer norm with scale and shift, RMS norm with a scale, or RMS norm whose scale is 1 plus the weight. */
export type NormKind = 'layer' | 'rms' | 'rms-plus-one';

/** Attention of a block. */
export interface AttentionParts {
  /** Beginning of its names, such as `self_attn`. */
  name: string;
  /** Norm of its input and of its output; default none. */
  inputNorm?: string;
  outputNorm?: string;
  /** Maps to queries, keys and values: one each, or one for all. */
  maps: SeparateMaps | FusedMap;
  qkvBias: boolean;
  output: string;
  outputBias: boolean;
  /** Norms of queries and keys: of each head, or of all heads together; default none. */
  qkNorm?: { q: string; k: string; over: 'head' | 'all' };
  /** Number of key and value heads, K; each serves `heads / kvHeads` query heads. */
  kvHeads: number;
  /** Width of a head, D. */
  headDim: number;
  /** Factor of the scores; default 1/√D. */
  scale?: number | undefined;
  /** Bound that a hyperbolic tangent keeps the scores within; default none. */
  softcap?: number | undefined;
  /** Rotary embedding of queries and keys; default none. */
  rope?: Rope;
  /** Reports whether a layer's queries and keys are rotated; default all are. */
  rotates?: (layer: number) => boolean;
  /** Layers that attend to no more than the last positions; default none. */
  sliding?: SlidingLayers | undefined;
}

/** Layers with a sliding window. */
export interface SlidingLayers {
  /** Number of positions that a position attends to, itself among them. */
  window: number;
  /** Reports whether a layer is one of them. */
  includes: (layer: number) => boolean;
  /** Their rotary embedding; default that of the others. */
  rope?: Rope | undefined;
}

export interface SeparateMaps {
  q: string;
  k: string;
  v: string;
}

/** One map, whose rows are all queries, then keys, then values; or queries, keys and values head by head. */
export interface FusedMap {
  qkv: string;
  order: 'whole' | 'by-head';
}

/** MLP of a block. */
export interface MlpParts {
  /** Norm of its input and of its output; default none. */
  inputNorm?: string;
  outputNorm?: string;
  /** Map to the intermediate size. */
  up: string;
  /** Map whose activation is multiplied with `up`; or `fused`, where the rows of `up` are the gate's, then its own. */
  gate?: string | 'fused';
  down: string;
  bias: boolean;
  activation: Activation;
}

/** Reports whether the maps to queries, keys and values are one. */
export function isFused(maps: SeparateMaps | FusedMap): maps is FusedMap {
  return 'qkv' in maps;
}

/** Returns the name of a layer's block, with a dot at its end. */
export function blockName({ blockPrefix }: Decoder, layer: number): string {
  return `${blockPrefix}${layer}.`;
}
