import type * as tf from '@tensorflow/tfjs';
import type { Rotation } from './rotary.ts';

/** A model's weights by the names that Hugging Face's checkpoints give them. */
export type Weights = Readonly<Record<string, tf.Tensor>>;

/**
 * A model taken apart, so that training can recompute a block and generation can go on from one: the logits are
 * `embed`, each `block` in turn, `logits`.
 */
export interface Network {
  /** Name and shape of every weight. */
  shapes: ReadonlyMap<string, readonly number[]>;
  /** The linear maps of the blocks; the matrix of each is the weight `NAME.weight`. */
  maps: ReadonlyMap<string, LinearMap>;
  /**
   * Token ids, int32 [B, T], to the residual stream, float32 [B, T, D].
   *
   * @param positions int32 [B, T], where each token stands; default 0 to T - 1 in every row.
   */
  embed(weights: Weights, ids: tf.Tensor2D, positions?: tf.Tensor2D): tf.Tensor3D;
  /** The rotations of positions 0 to T - 1, where the model has rotary embeddings. */
  rotation?(length: number): Rotation;
  /** What all blocks need to know of positions 0 to T - 1; constant, so to be made once for all of them. */
  places(length: number): Places;
  /** The residual stream after one block, float32 [B, T, D]. */
  block(weights: Weights, layer: number, x: tf.Tensor3D, places: Places): tf.Tensor3D;
  /** The residual stream to logits, float32 [B, T, V]. */
  logits(weights: Weights, x: tf.Tensor3D): tf.Tensor3D;
}

/** Shape of a linear map. */
export interface LinearMap {
  inputs: number;
  outputs: number;
  /** Whether its matrix stands as [outputs, inputs], as PyTorch's Linear has it, rather than [inputs, outputs]. */
  transposed: boolean;
}

/**
 * Sets a share of elements to zero at random and scales up the others, in training.
 *
 * @param of `hidden`: the embedding, attention shares, what a block adds to the residual stream; `adapter`: the
 *   input of an adapter.
 * @param name tells apart the places of one run through the model.
 */
export type Drop = <T extends tf.Tensor>(x: T, of: 'hidden' | 'adapter', name: string) => T;

/** The {@link Drop} outside of training. */
export const dropNothing: Drop = x => x;

/** What blocks know of the positions of a sequence. */
export interface Places {
  /** float32 [T, S] or [B, 1, T, S], added to the scores of attention; S is T, and what is remembered. */
  bias: tf.Tensor;
  /** How far rotary embeddings turn each position. */
  rotation?: Rotation;
  /** Puts the keys and values of now among those that a layer saw before; default nothing was before. */
  recall?(layer: number, now: KeysValues): KeysValues;
  /** What is dropped out; default nothing. */
  drop?: Drop;
}

/** What attention looks at, float32 [B, K, S, D / H] each. */
export interface KeysValues {
  keys: tf.Tensor4D;
  values: tf.Tensor4D;
}

/**
 * The weight of this name.
 *
 * @throws {RangeError} if there is none.
 */
export function weightOf(weights: Weights, name: string): tf.Tensor {
  const weight = Object.hasOwn(weights, name) ? weights[name] : undefined;
  if (weight) return weight;
  throw new RangeError(`Cannot run the model: a weight "${name}" is required, found none of this name`);
}

/** The linear maps among weights of these shapes whose names begin with `prefix`. */
export function mapsUnder(
  prefix: string,
  shapes: ReadonlyMap<string, readonly number[]>,
  transposed: boolean,
): Map<string, LinearMap> {
  const maps = new Map<string, LinearMap>();
  for (const [name, [first = 0, second]] of shapes) {
    if (!name.startsWith(prefix) || second === undefined) continue;
    const [inputs, outputs] = transposed ? [second, first] : [first, second];
    maps.set(name.replace(/\.weight$/, ''), { inputs, outputs, transposed });
  }
  return maps;
}
