import * as tf from '@tensorflow/tfjs';
import { gelu } from './activations.ts';
import { attention, causalBias, headsFirst } from './attention.ts';
import type { Gpt2Config } from './config.ts';
import { linear } from './linear.ts';
import { type Drop, dropNothing, mapsUnder, type Network, type Weights, weightOf } from './network.ts';
import { layerNorm } from './norms.ts';

/**
 * GPT-2: learned positions, layer norm before each part, attention and a perceptron with GELU.
 *
 * @see Radford et al. 2019, Language Models are Unsupervised Multitask Learners
 */
export function gpt2(config: Gpt2Config): Network {
  const { vocabSize, maxPositions, hiddenSize, heads, intermediateSize, normEpsilon, tieWordEmbeddings } =
    config;
  const headWidth = hiddenSize / heads;

  function shapes(): Map<string, number[]> {
    const shapes = new Map<string, number[]>([
      [`${TOKENS}.weight`, [vocabSize, hiddenSize]],
      [POSITIONS, [maxPositions, hiddenSize]],
    ]);
    const normShapes = (name: string) =>
      shapes.set(`${name}.weight`, [hiddenSize]).set(`${name}.bias`, [hiddenSize]);
    const mapShapes = (name: string, from: number, to: number) =>
      shapes.set(`${name}.weight`, [from, to]).set(`${name}.bias`, [to]);
    for (let layer = 0; layer < config.layers; layer++) {
      const name = blockName(layer);
      normShapes(`${name}.ln_1`);
      mapShapes(`${name}.attn.c_attn`, hiddenSize, 3 * hiddenSize);
      mapShapes(`${name}.attn.c_proj`, hiddenSize, hiddenSize);
      normShapes(`${name}.ln_2`);
      mapShapes(`${name}.mlp.c_fc`, hiddenSize, intermediateSize);
      mapShapes(`${name}.mlp.c_proj`, intermediateSize, hiddenSize);
    }
    normShapes(FINAL_NORM);
    return tieWordEmbeddings ? shapes : shapes.set(`${OUTPUT}.weight`, [vocabSize, hiddenSize]);
  }

  const norm = (weights: Weights, name: string, x: tf.Tensor3D) =>
    layerNorm(x, weightOf(weights, `${name}.weight`), weightOf(weights, `${name}.bias`), normEpsilon);
  const map = (weights: Weights, name: string, x: tf.Tensor3D, drop?: Drop): tf.Tensor3D =>
    tf.add(linear(weights, name, x, false, drop), weightOf(weights, `${name}.bias`));
  const named = shapes();

  return {
    shapes: named,
    maps: mapsUnder(BLOCKS, named, false),

    embed(weights, ids, positions) {
      const table = weightOf(weights, POSITIONS);
      const placed = positions
        ? tf.gather(table, positions)
        : tf.slice(table, [0, 0], [ids.shape[1], hiddenSize]);
      return tf.add(tf.gather(weightOf(weights, `${TOKENS}.weight`), ids), placed);
    },

    places: length => ({ bias: causalBias(length) }),

    block(weights, layer, x, { bias, recall = (_, now) => now, drop = dropNothing }) {
      const name = blockName(layer);
      const [batch, length] = x.shape;
      const all = map(weights, `${name}.attn.c_attn`, norm(weights, `${name}.ln_1`, x), drop);
      const parts = tf.split(all, 3, 2);
      const part = (number: number): tf.Tensor4D =>
        tf.reshape(parts[number] as tf.Tensor, [batch, length, heads, headWidth]);
      const { keys, values } = recall(layer, { keys: headsFirst(part(1)), values: headsFirst(part(2)) });
      const seen = attention(part(0), keys, values, bias, shares => drop(shares, 'hidden', `${name}.attn`));
      const moved = (from: tf.Tensor3D, part: string, input: tf.Tensor3D): tf.Tensor3D => {
        const output = map(weights, `${name}.${part}`, input, drop);
        return tf.add(from, drop(output, 'hidden', `${name}.${part}`));
      };
      const attended = moved(x, 'attn.c_proj', seen);
      const inner = gelu(map(weights, `${name}.mlp.c_fc`, norm(weights, `${name}.ln_2`, attended), drop));
      return moved(attended, 'mlp.c_proj', inner);
    },

    logits: (weights, x) =>
      linear(weights, tieWordEmbeddings ? TOKENS : OUTPUT, norm(weights, FINAL_NORM, x), true),
  };
}

const TOKENS = 'transformer.wte';
const POSITIONS = 'transformer.wpe.weight';
const FINAL_NORM = 'transformer.ln_f';
const OUTPUT = 'lm_head';
const BLOCKS = 'transformer.h.';

const blockName = (layer: number) => `${BLOCKS}${layer}`;
