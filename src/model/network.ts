import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';

// Shapes in comments: B sequences, T positions, S positions attended to, V vocabulary, C hidden size, H query heads,
// K key and value heads, D width of a head, I intermediate size.

/** Weights of a model by the names of Hugging Face's checkpoints. */
export type Weights = Readonly<Record<string, Tensor>>;

/** Parts of a model in the order of the data: the embedding, the blocks, the output. */
export interface Network {
  /**
   * Looks up token ids.
   *
   * @param ids int32 [B, T].
   * @param positions int32 [B, T]; default 0 to T - 1 in every row.
   * @returns the residual stream, float32 [B, T, C].
   */
  embed(weights: Weights, ids: Tensor2D, positions?: Tensor2D): Tensor3D;
  /** Sliding window of some of its layers, in positions; undefined where all attend to everything before. */
  window?: number | undefined;
  /** Rotary embedding of layers that attend to everything; undefined where the model has none. */
  rope?: RotaryEmbedding | undefined;
  /** That of layers with a sliding window; the same object where it is the same. */
  slidingRope?: RotaryEmbedding | undefined;
  /** Computes one block: the residual stream, float32 [B, T, C], to the residual stream. */
  block(weights: Weights, layer: number, x: Tensor3D, inputs: BlockInputs): Tensor3D;
  /** Computes the logits, float32 [B, T, V], of the residual stream. */
  logits(weights: Weights, x: Tensor3D): Tensor3D;
}

/** Rotary embedding of sequences of any lengths, of which it may have several variants. */
export interface RotaryEmbedding {
  /** Computes cosines and sines at positions 0 to T - 1 of one sequence of T tokens. */
  alone(length: number): RopeTables;
  /** Computes the table that tokens are looked up in, for sequences of up to T tokens side by side. */
  table(length: number): Tensor;
  /**
   * Looks up cosines and sines of tokens.
   *
   * @param table from {@link RotaryEmbedding.table}.
   * @param positions of the tokens in their sequences, int32 [B, T].
   * @param lengths of the sequences that they are in, int32 [B, T] or [B, 1]; default all have the first variant.
   */
  at(table: Tensor, positions: Tensor2D, lengths?: Tensor2D): RopeTables;
  /** Returns the number of the variant that sequences of a length have, from 0; it never falls with the length. */
  variantOf(length: number): number;
  /** Length beyond which all tokens of a sequence that grows are to be read again; default none. */
  readonly rereadBeyond?: number | undefined;
}

/** Positions as attention sees them. */
export interface AttentionInputs {
  /** float32 [T, S] or [B, 1, T, S], added to attention's scores: 0 where attended to, -1e9 elsewhere. */
  mask: Tensor;
  /** Rotary embedding of the positions; required where the model has one. */
  rope?: RopeTables | undefined;
}

/** Inputs that all blocks share beside the residual stream. */
export interface BlockInputs extends AttentionInputs {
  /** The same for layers with a sliding window; required where the model has some. */
  sliding?: AttentionInputs | undefined;
  /** KV cache; default none. */
  kvCache?: KvCacheUpdate | undefined;
  /** Dropout; default none. */
  dropout?: Dropout | undefined;
}

/** Cosines and sines of the rotary embedding's angles, each float32 [T, 1, D / 2] or [B, T, 1, D / 2]. */
export interface RopeTables {
  cos: Tensor;
  sin: Tensor;
}

/** Keys and values of a layer, float32 [B, K, S, D] each. */
export interface KeysAndValues {
  k: Tensor4D;
  v: Tensor4D;
}

/** Function that stores a layer's new keys and values, and returns all that attention reads. */
export type KvCacheUpdate = (layer: number, now: KeysAndValues) => KeysAndValues;

/** {@link KvCacheUpdate} that stores nothing: attention reads the new keys and values only. */
export const noKvCache: KvCacheUpdate = (_, now) => now;

/**
 * Function that sets a share of elements to zero at random and scales up the others, in training.
 *
 * @param of `hidden`: the embedding, attention weights, the outputs of attention and MLP; `adapter`: an adapter's input.
 * @param name of the place in the network, from which the random numbers follow.
 */
export type Dropout = <T extends Tensor>(x: T, of: 'hidden' | 'adapter', name: string) => T;

/** {@link Dropout} that drops nothing, outside of training. */
export const noDropout: Dropout = x => x;

/**
 * Returns the weight of a name.
 *
 * @throws {RangeError} if there is none.
 */
export function weightOf(weights: Weights, name: string): Tensor {
  const weight = Object.hasOwn(weights, name) ? weights[name] : undefined;
  if (weight) return weight;
  throw new RangeError(`Cannot run the model: a weight "${name}" is required, found none of this name`);
}
