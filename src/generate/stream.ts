import * as tf from '@tensorflow/tfjs';
import { type KeysValues, type Model, network, type Places } from '../model/index.ts';

/** A model's way from tokens to the residual stream behind its last block, at any places. */
export interface Stream {
  /**
   * @param ids int32 [B, T].
   * @param positions int32 [B, T], below the model's context.
   * @param hidden bool [B, 1, T, S] or what broadcasts to it: the columns that a position does not see.
   * @param recall puts a layer's keys and values of now among those of before.
   * @returns float32 [B, T, D].
   */
  read(
    ids: tf.Tensor2D,
    positions: tf.Tensor2D,
    hidden: tf.Tensor,
    recall?: (layer: number, now: KeysValues) => KeysValues,
  ): tf.Tensor3D;
  dispose(): void;
}

/** What is added to the attention scores of what must not be seen. */
const UNSEEN = -1e9;

export function stream({ config, weights }: Model): Stream {
  const { rotation, embed, block } = network(config);
  const turns = rotation?.(config.maxPositions);
  return {
    read(ids, positions, hidden, recall) {
      const places: Places = { bias: tf.mul(tf.cast(hidden, 'float32'), UNSEEN) };
      if (recall) places.recall = recall;
      if (turns)
        places.rotation = { cos: tf.gather(turns.cos, positions), sin: tf.gather(turns.sin, positions) };
      let x = embed(weights, ids, positions);
      for (let layer = 0; layer < config.layers; layer++) x = block(weights, layer, x, places);
      return x;
    },
    dispose() {
      if (turns) tf.dispose([turns.cos, turns.sin]);
    },
  };
}
