import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import { tf } from '../compute/index.ts';
import { attentionMask, hiddenStates, type KvCacheUpdate, type Model, network } from '../model/index.ts';

/** A model up to its last block, at any positions. */
export interface Stream {
  /**
   * Computes the residual stream behind the last block.
   *
   * @param ids int32 [B, T].
   * @param positions int32 [B, T], below the model's context.
   * @param masked bool [B, 1, T, S], or a shape that broadcasts to it: the columns that a position does not attend to.
   * @param kvCache stores a layer's new keys and values; default none.
   * @returns float32 [B, T, C].
   */
  read(ids: Tensor2D, positions: Tensor2D, masked: Tensor, kvCache?: KvCacheUpdate): Tensor3D;
  dispose(): void;
}

export function stream({ config, weights }: Model): Stream {
  const tables = network(config).rope?.(config.maxPositions);
  return {
    read(ids, positions, masked, kvCache) {
      const rope = tables && {
        cos: tf.gather(tables.cos, positions),
        sin: tf.gather(tables.sin, positions),
      };
      return hiddenStates(config, weights, ids, { positions, mask: attentionMask(masked), rope, kvCache });
    },
    dispose() {
      if (tables) tf.dispose([tables.cos, tables.sin]);
    },
  };
}
