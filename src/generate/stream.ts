import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import {
  type AttendedPositions,
  contextLength,
  hiddenStates,
  type KvCacheUpdate,
  type Model,
  network,
  positionedInputs,
  ropeVariant,
  rotaryTables,
} from '../model/index.ts';

/** A model up to its last block, at any positions. */
export interface Stream {
  /**
   * Computes the tables of rotary embeddings that a step reads, as its arguments; they are kept for further steps.
   *
   * @param columns that the step attends to.
   */
  tables(columns: number): readonly Tensor[];
  /**
   * Computes the residual stream behind the last block.
   *
   * @param ids int32 [B, T].
   * @param attended positions of the tokens, lengths of their sequences, and positions of what they may attend to, all
   *   below the number of columns, S.
   * @param tables from {@link Stream.tables}.
   * @param kvCache stores a layer's new keys and values; default none.
   * @returns float32 [B, T, C].
   */
  read(
    ids: Tensor2D,
    attended: AttendedPositions & Required<Pick<AttendedPositions, 'lengths'>>,
    tables: readonly Tensor[],
    kvCache?: KvCacheUpdate,
  ): Tensor3D;
  /** Returns the same for the lengths of sequences whose beginnings are read alike where they are alike. */
  variantOf(length: number): number;
  /** Length beyond which all tokens of a sequence that grows are to be read again; undefined if none ever are. */
  readonly rereadBeyond: number | undefined;
  dispose(): void;
}

/** Positions that a rotary embedding is computed for at the least; beyond them, powers of two. */
const FEWEST = 512;

export function stream({ config, weights }: Model): Stream {
  const parts = network(config);
  const most = contextLength(config);
  /** Tables by the number of their positions. */
  const kept = new Map<number, readonly Tensor[]>();
  return {
    variantOf: length => ropeVariant(parts, length),
    rereadBeyond: parts.rope?.rereadBeyond,
    tables(columns) {
      const length = Math.min(Math.max(FEWEST, 2 ** Math.ceil(Math.log2(columns))), most);
      const tables = kept.get(length) ?? rotaryTables(parts, length);
      kept.set(length, tables);
      return tables;
    },
    read(ids, attended, tables, kvCache) {
      const inputs = positionedInputs(parts, tables, attended);
      return hiddenStates(config, weights, ids, { ...inputs, positions: attended.positions, kvCache });
    },
    dispose() {
      for (const tables of kept.values()) tf.dispose([...tables]);
      kept.clear();
    },
  };
}
