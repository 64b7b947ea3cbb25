import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import {
  type AttendedPositions,
  hiddenStates,
  type KvCacheUpdate,
  type LayerRopes,
  type Model,
  network,
  positionedInputs,
} from '../model/index.ts';

/** A model up to its last block, at any positions. */
export interface Stream {
  /**
   * Makes ready to read so many columns: computes their rotary embedding, which no compiled step does itself. Call it
   * before each step.
   */
  prepare(columns: number): void;
  /**
   * Computes the residual stream behind the last block.
   *
   * @param ids int32 [B, T].
   * @param attended positions of the tokens and of what they may attend to, all below the number of columns, S.
   * @param kvCache stores a layer's new keys and values; default none.
   * @returns float32 [B, T, C].
   */
  read(ids: Tensor2D, attended: AttendedPositions, kvCache?: KvCacheUpdate): Tensor3D;
  dispose(): void;
}

/** Positions that a rotary embedding is computed for at the least; beyond them, powers of two. */
const FEWEST = 512;

export function stream({ config, weights }: Model): Stream {
  const parts = network(config);
  /** Rotary embeddings by the number of positions that they are for. */
  const ropes = new Map<number, LayerRopes>();
  const lengthOf = (columns: number) =>
    Math.min(Math.max(FEWEST, 2 ** Math.ceil(Math.log2(columns))), config.maxPositions);
  return {
    prepare(columns) {
      const length = lengthOf(columns);
      if (!ropes.has(length)) ropes.set(length, parts.ropes(length));
    },
    read(ids, attended, kvCache) {
      const columns = attended.masked.shape.at(-1) ?? 0;
      const prepared = ropes.get(lengthOf(columns));
      if (!prepared) throw new RangeError(`Cannot read ${columns} columns: prepare() is required before`);
      const inputs = positionedInputs(parts, prepared, attended);
      return hiddenStates(config, weights, ids, { ...inputs, positions: attended.positions, kvCache });
    },
    dispose() {
      for (const { full, sliding } of ropes.values()) tf.dispose([{ ...full }, { ...sliding }]);
      ropes.clear();
    },
  };
}
