import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
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
   * Computes the rotary embeddings that a step reads, as its arguments; they are kept for further steps.
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
  /** Length beyond which a sequence has other rotary embeddings, from its first position on; undefined if none has. */
  readonly ropeLimit: number | undefined;
  dispose(): void;
}

/** Positions that a rotary embedding is computed for at the least; beyond them, powers of two. */
const FEWEST = 512;

export function stream({ config, weights }: Model): Stream {
  const parts = network(config);
  /** Rotary embeddings by the number of their positions. */
  const kept = new Map<number, LayerRopes>();
  return {
    ropeLimit: parts.ropeLimit,
    tables(columns) {
      const length = Math.min(Math.max(FEWEST, 2 ** Math.ceil(Math.log2(columns))), config.maxPositions);
      const ropes = kept.get(length) ?? parts.ropesOfAll(length);
      kept.set(length, ropes);
      return asTensors(ropes);
    },
    read(ids, attended, tables, kvCache) {
      const inputs = positionedInputs(parts, asRopes(tables), attended);
      return hiddenStates(config, weights, ids, { ...inputs, positions: attended.positions, kvCache });
    },
    dispose() {
      for (const ropes of kept.values()) tf.dispose([...asTensors(ropes)]);
      kept.clear();
    },
  };
}

/** Lists the tensors of rotary embeddings: none, two, or four where layers with a sliding window have their own. */
function asTensors({ full, sliding }: LayerRopes): readonly Tensor[] {
  const tables = sliding === full ? [full] : [full, sliding];
  return tables.flatMap(table => (table ? [table.cos, table.sin] : []));
}

function asRopes([cos, sin, slidingCos, slidingSin]: readonly Tensor[]): LayerRopes {
  const full = cos && sin && { cos, sin };
  return { full, sliding: slidingCos && slidingSin ? { cos: slidingCos, sin: slidingSin } : full };
}
