import * as tf from '@tensorflow/tfjs';
import { swiGlu } from './activations.ts';
import { attention, causalBias, headsFirst } from './attention.ts';
import type { LlamaConfig } from './config.ts';
import { linear } from './linear.ts';
import { dropNothing, mapsUnder, type Network, type Weights, weightOf } from './network.ts';
import { rmsNorm } from './norms.ts';
import { rotate, rotation } from './rotary.ts';

/**
 * LLaMA: rotary positions, RMS norm before each part, attention of grouped heads and a perceptron with SwiGLU.
 *
 * @see Touvron et al. 2023, LLaMA: Open and Efficient Foundation Language Models
 */
export function llama(config: LlamaConfig): Network {
  const {
    vocabSize,
    hiddenSize,
    heads,
    kvHeads,
    headDim,
    intermediateSize,
    normEpsilon,
    tieWordEmbeddings,
    rope,
  } = config;

  function shapes(): Map<string, number[]> {
    const shapes = new Map<string, number[]>([[`${TOKENS}.weight`, [vocabSize, hiddenSize]]]);
    for (let layer = 0; layer < config.layers; layer++) {
      const name = blockName(layer);
      shapes.set(`${name}.input_layernorm.weight`, [hiddenSize]);
      shapes.set(`${name}.self_attn.q_proj.weight`, [heads * headDim, hiddenSize]);
      shapes.set(`${name}.self_attn.k_proj.weight`, [kvHeads * headDim, hiddenSize]);
      shapes.set(`${name}.self_attn.v_proj.weight`, [kvHeads * headDim, hiddenSize]);
      shapes.set(`${name}.self_attn.o_proj.weight`, [hiddenSize, heads * headDim]);
      shapes.set(`${name}.post_attention_layernorm.weight`, [hiddenSize]);
      shapes.set(`${name}.mlp.gate_proj.weight`, [intermediateSize, hiddenSize]);
      shapes.set(`${name}.mlp.up_proj.weight`, [intermediateSize, hiddenSize]);
      shapes.set(`${name}.mlp.down_proj.weight`, [hiddenSize, intermediateSize]);
    }
    shapes.set(FINAL_NORM, [hiddenSize]);
    return tieWordEmbeddings ? shapes : shapes.set(`${OUTPUT}.weight`, [vocabSize, hiddenSize]);
  }

  const norm = (weights: Weights, name: string, x: tf.Tensor3D) =>
    rmsNorm(x, weightOf(weights, name), normEpsilon);
  const named = shapes();

  return {
    shapes: named,
    maps: mapsUnder(BLOCKS, named, true),

    embed: (weights, ids) => tf.gather(weightOf(weights, `${TOKENS}.weight`), ids) as tf.Tensor3D,

    rotation: length => rotation(rope, length, headDim),

    places: length => ({ bias: causalBias(length), rotation: rotation(rope, length, headDim) }),

    block(weights, layer, x, { bias, rotation: given, recall = (_, now) => now, drop = dropNothing }) {
      const name = blockName(layer);
      const [batch, length] = x.shape;
      const turn = given ?? rotation(rope, length, headDim);
      const map = (part: string, input: tf.Tensor3D) => linear(weights, `${name}.${part}`, input, true, drop);
      const moved = (from: tf.Tensor3D, part: string, input: tf.Tensor3D): tf.Tensor3D => {
        const output = map(part, input);
        return tf.add(from, drop(output, 'hidden', `${name}.${part}`));
      };
      const heard = norm(weights, `${name}.input_layernorm.weight`, x);
      const headed = (part: string, count: number): tf.Tensor4D =>
        tf.reshape(map(`self_attn.${part}`, heard), [batch, length, count, headDim]);
      const now = {
        keys: headsFirst(rotate(headed('k_proj', kvHeads), turn)),
        values: headsFirst(headed('v_proj', kvHeads)),
      };
      const { keys, values } = recall(layer, now);
      const queries = rotate(headed('q_proj', heads), turn);
      const seen = attention(queries, keys, values, bias, shares =>
        drop(shares, 'hidden', `${name}.self_attn`),
      );
      const attended = moved(x, 'self_attn.o_proj', seen);
      const inner = norm(weights, `${name}.post_attention_layernorm.weight`, attended);
      return moved(attended, 'mlp.down_proj', swiGlu(map('mlp.gate_proj', inner), map('mlp.up_proj', inner)));
    },

    logits: (weights, x) =>
      linear(weights, tieWordEmbeddings ? TOKENS : OUTPUT, norm(weights, FINAL_NORM, x), true),
  };
}

const TOKENS = 'model.embed_tokens';
const FINAL_NORM = 'model.norm.weight';
const OUTPUT = 'lm_head';
const BLOCKS = 'model.layers.';

const blockName = (layer: number) => `${BLOCKS}${layer}`;
