import * as tf from '@tensorflow/tfjs';
import { swiGlu } from './activations.ts';
import { attention, causalBias, headsFirst } from './attention.ts';
import type { LlamaConfig } from './config.ts';
import { linear } from './linear.ts';
import { type Network, type Weights, weightOf } from './network.ts';
import { rmsNorm } from './norms.ts';
import { rotate, rotation } from './rotary.ts';

/**
 * LLaMA: rotary positions, RMS norm before each part, attention of grouped heads and a perceptron with SwiGLU.
 *
 * @see Touvron et al. 2023, LLaMA: Open and Efficient Foundation Language Models
 */
export function llama(config: LlamaConfig): Network {
  const { vocabulary, width, heads, keyHeads, headWidth, hidden, epsilon, tied, rope } = config;

  function shapes(): Map<string, number[]> {
    const shapes = new Map<string, number[]>([[TOKENS, [vocabulary, width]]]);
    for (let layer = 0; layer < config.layers; layer++) {
      const name = blockName(layer);
      shapes.set(`${name}.input_layernorm.weight`, [width]);
      shapes.set(`${name}.self_attn.q_proj.weight`, [heads * headWidth, width]);
      shapes.set(`${name}.self_attn.k_proj.weight`, [keyHeads * headWidth, width]);
      shapes.set(`${name}.self_attn.v_proj.weight`, [keyHeads * headWidth, width]);
      shapes.set(`${name}.self_attn.o_proj.weight`, [width, heads * headWidth]);
      shapes.set(`${name}.post_attention_layernorm.weight`, [width]);
      shapes.set(`${name}.mlp.gate_proj.weight`, [hidden, width]);
      shapes.set(`${name}.mlp.up_proj.weight`, [hidden, width]);
      shapes.set(`${name}.mlp.down_proj.weight`, [width, hidden]);
    }
    shapes.set(FINAL_NORM, [width]);
    return tied ? shapes : shapes.set(OUTPUT, [vocabulary, width]);
  }

  const norm = (weights: Weights, name: string, x: tf.Tensor3D) =>
    rmsNorm(x, weightOf(weights, name), epsilon);
  const map = (weights: Weights, name: string, x: tf.Tensor3D) => linear(x, weightOf(weights, name), true);

  return {
    shapes: shapes(),

    embed: (weights, ids) => tf.gather(weightOf(weights, TOKENS), ids) as tf.Tensor3D,

    rotation: length => rotation(rope, length, headWidth),

    places: length => ({ bias: causalBias(length), rotation: rotation(rope, length, headWidth) }),

    block(weights, layer, x, places) {
      const name = blockName(layer);
      const [batch, length] = x.shape;
      const turn = places.rotation ?? rotation(rope, length, headWidth);
      const heard = norm(weights, `${name}.input_layernorm.weight`, x);
      const headed = (part: string, count: number): tf.Tensor4D =>
        tf.reshape(map(weights, `${name}.self_attn.${part}.weight`, heard), [
          batch,
          length,
          count,
          headWidth,
        ]);
      const now = {
        keys: headsFirst(rotate(headed('k_proj', keyHeads), turn)),
        values: headsFirst(headed('v_proj', keyHeads)),
      };
      const { keys, values } = places.recall?.(layer, now) ?? now;
      const seen = attention(rotate(headed('q_proj', heads), turn), keys, values, places.bias);
      const attended: tf.Tensor3D = tf.add(x, map(weights, `${name}.self_attn.o_proj.weight`, seen));
      const inner = norm(weights, `${name}.post_attention_layernorm.weight`, attended);
      const product = swiGlu(
        map(weights, `${name}.mlp.gate_proj.weight`, inner),
        map(weights, `${name}.mlp.up_proj.weight`, inner),
      );
      return tf.add(attended, map(weights, `${name}.mlp.down_proj.weight`, product));
    },

    logits: (weights, x) =>
      linear(norm(weights, FINAL_NORM, x), weightOf(weights, tied ? TOKENS : OUTPUT), true),
  };
}

const TOKENS = 'model.embed_tokens.weight';
const FINAL_NORM = 'model.norm.weight';
const OUTPUT = 'lm_head.weight';

const blockName = (layer: number) => `model.layers.${layer}`;
