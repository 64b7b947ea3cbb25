import * as tf from '@tensorflow/tfjs';
import { gelu } from './activations.ts';
import { attention, causalBias, headsFirst } from './attention.ts';
import type { Gpt2Config } from './config.ts';
import { linear } from './linear.ts';
import { type Network, type Weights, weightOf } from './network.ts';
import { layerNorm } from './norms.ts';

/**
 * GPT-2: learned positions, layer norm before each part, attention and a perceptron with GELU.
 *
 * @see Radford et al. 2019, Language Models are Unsupervised Multitask Learners
 */
export function gpt2(config: Gpt2Config): Network {
  const { vocabulary, context, width, heads, hidden, epsilon, tied } = config;
  const headWidth = width / heads;

  function shapes(): Map<string, number[]> {
    const shapes = new Map<string, number[]>([
      [TOKENS, [vocabulary, width]],
      [POSITIONS, [context, width]],
    ]);
    const normShapes = (name: string) => shapes.set(`${name}.weight`, [width]).set(`${name}.bias`, [width]);
    const mapShapes = (name: string, from: number, to: number) =>
      shapes.set(`${name}.weight`, [from, to]).set(`${name}.bias`, [to]);
    for (let layer = 0; layer < config.layers; layer++) {
      const name = blockName(layer);
      normShapes(`${name}.ln_1`);
      mapShapes(`${name}.attn.c_attn`, width, 3 * width);
      mapShapes(`${name}.attn.c_proj`, width, width);
      normShapes(`${name}.ln_2`);
      mapShapes(`${name}.mlp.c_fc`, width, hidden);
      mapShapes(`${name}.mlp.c_proj`, hidden, width);
    }
    normShapes(FINAL_NORM);
    return tied ? shapes : shapes.set(OUTPUT, [vocabulary, width]);
  }

  const norm = (weights: Weights, name: string, x: tf.Tensor3D) =>
    layerNorm(x, weightOf(weights, `${name}.weight`), weightOf(weights, `${name}.bias`), epsilon);
  const map = (weights: Weights, name: string, x: tf.Tensor3D): tf.Tensor3D =>
    tf.add(linear(x, weightOf(weights, `${name}.weight`), false), weightOf(weights, `${name}.bias`));

  return {
    shapes: shapes(),

    embed(weights, ids, positions) {
      const table = weightOf(weights, POSITIONS);
      const placed = positions ? tf.gather(table, positions) : tf.slice(table, [0, 0], [ids.shape[1], width]);
      return tf.add(tf.gather(weightOf(weights, TOKENS), ids), placed);
    },

    places: length => ({ bias: causalBias(length) }),

    block(weights, layer, x, { bias, recall = (_, now) => now }) {
      const name = blockName(layer);
      const [batch, length] = x.shape;
      const all = map(weights, `${name}.attn.c_attn`, norm(weights, `${name}.ln_1`, x));
      const part = (number: number): tf.Tensor4D => {
        const slice = tf.slice(all, [0, 0, number * width], [batch, length, width]);
        return tf.reshape(slice, [batch, length, heads, headWidth]);
      };
      const { keys, values } = recall(layer, { keys: headsFirst(part(1)), values: headsFirst(part(2)) });
      const seen = attention(part(0), keys, values, bias);
      const attended = tf.add(x, map(weights, `${name}.attn.c_proj`, seen)) as tf.Tensor3D;
      const inner = gelu(map(weights, `${name}.mlp.c_fc`, norm(weights, `${name}.ln_2`, attended)));
      return tf.add(attended, map(weights, `${name}.mlp.c_proj`, inner));
    },

    logits: (weights, x) =>
      linear(norm(weights, FINAL_NORM, x), weightOf(weights, tied ? TOKENS : OUTPUT), true),
  };
}

const TOKENS = 'transformer.wte.weight';
const POSITIONS = 'transformer.wpe.weight';
const FINAL_NORM = 'transformer.ln_f';
const OUTPUT = 'lm_head.weight';

const blockName = (layer: number) => `transformer.h.${layer}`;
