import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../../compute/index.ts';
import { swiGlu } from '../activations.ts';
import { type Architecture, INITIAL_DEVIATION, type InitConfig, type StoredPlace } from '../architecture.ts';
import { attention, headsFirst } from '../attention.ts';
import { isSize, type ModelConfig } from '../config.ts';
import { configFields } from '../config-fields.ts';
import { ggufBlockName, ggufVocabSize } from '../gguf-tensors.ts';
import { linear } from '../linear.ts';
import { type Network, noDropout, noKvCache, type Weights, weightOf } from '../network.ts';
import { rmsNorm } from '../norms.ts';
import { applyRope, type Rope, requireRope, ropeTables } from '../rope.ts';
import { ropeFromGguf, ropeFromJson, ropeScalingJson } from '../rope-config.ts';

/** Sizes and constants of a LLaMA model, or of a variant that is registered under its own name. */
export interface LlamaConfig extends ModelConfig {
  /** Number of key and value heads, K; each serves `heads / kvHeads` query heads. */
  kvHeads: number;
  /** Width of a head, D, of queries, keys and values alike. */
  headDim: number;
  rope: Rope;
}

/**
 * Builds the network of LLaMA: rotary positions, RMS norm before each part, attention of grouped heads, and an MLP
 * with SwiGLU.
 *
 * @see Touvron et al. 2023, LLaMA: Open and Efficient Foundation Language Models
 */
function network(config: LlamaConfig): Network {
  const { heads, kvHeads, headDim, rope, normEpsilon, tieWordEmbeddings } = config;

  const norm = (weights: Weights, name: string, x: Tensor3D) =>
    rmsNorm(x, weightOf(weights, `${name}.weight`), normEpsilon);

  return {
    embed: (weights, ids) => tf.gather(weightOf(weights, 'model.embed_tokens.weight') as Tensor3D, ids),

    rope: length => ropeTables(rope, length, headDim),

    block(weights, layer, x, inputs) {
      const { mask, kvCache = noKvCache, dropout = noDropout } = inputs;
      const layers = `model.layers.${layer}`;
      const [batch, length] = x.shape;
      const rotation = inputs.rope ?? ropeTables(rope, length, headDim);
      const map = (name: string, input: Tensor3D) =>
        linear(weights, `${layers}.${name}`, input, true, dropout);
      const output = (name: string, input: Tensor3D) =>
        dropout(map(name, input), 'hidden', `${layers}.${name}`);
      const project = (name: string, input: Tensor3D, count: number): Tensor4D =>
        tf.reshape(map(`self_attn.${name}`, input), [batch, length, count, headDim]);

      const normed = norm(weights, `${layers}.input_layernorm`, x); // [B, T, C]
      const kNow = headsFirst(applyRope(project('k_proj', normed, kvHeads), rotation)); // [B, K, T, D]
      const vNow = headsFirst(project('v_proj', normed, kvHeads)); // [B, K, T, D]
      const { k, v } = kvCache(layer, { k: kNow, v: vNow }); // [B, K, S, D]
      const q = applyRope(project('q_proj', normed, heads), rotation); // [B, T, H, D]
      const context = attention(q, k, v, mask, attnWeights =>
        dropout(attnWeights, 'hidden', `${layers}.self_attn`),
      ); // [B, T, H · D]
      const residual: Tensor3D = tf.add(x, output('self_attn.o_proj', context)); // [B, T, C]

      const mlpInput = norm(weights, `${layers}.post_attention_layernorm`, residual); // [B, T, C]
      const hidden = swiGlu(map('mlp.gate_proj', mlpInput), map('mlp.up_proj', mlpInput)); // [B, T, I]
      return tf.add(residual, output('mlp.down_proj', hidden));
    },

    logits(weights, x) {
      const normed = norm(weights, 'model.norm', x);
      return linear(weights, tieWordEmbeddings ? 'model.embed_tokens' : 'lm_head', normed, true);
    },
  };
}

function shapes(config: LlamaConfig): Map<string, readonly number[]> {
  const { vocabSize, hiddenSize, intermediateSize, heads, kvHeads, headDim, layers, tieWordEmbeddings } =
    config;
  const shapes = new Map<string, readonly number[]>([['model.embed_tokens.weight', [vocabSize, hiddenSize]]]);
  for (let layer = 0; layer < layers; layer++) {
    const name = `model.layers.${layer}`;
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
  shapes.set('model.norm.weight', [hiddenSize]);
  return tieWordEmbeddings ? shapes : shapes.set('lm_head.weight', [vocabSize, hiddenSize]);
}

/** Names in GGUF files of the weights outside the blocks. */
const GGUF_NAMES: Readonly<Record<string, string>> = {
  'model.embed_tokens.weight': 'token_embd.weight',
  'model.norm.weight': 'output_norm.weight',
  'lm_head.weight': 'output.weight',
};

/** Names in GGUF files of the parts of a block. */
const GGUF_PARTS: Readonly<Record<string, string>> = {
  input_layernorm: 'attn_norm',
  'self_attn.q_proj': 'attn_q',
  'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v',
  'self_attn.o_proj': 'attn_output',
  post_attention_layernorm: 'ffn_norm',
  'mlp.gate_proj': 'ffn_gate',
  'mlp.up_proj': 'ffn_up',
  'mlp.down_proj': 'ffn_down',
};

/** Returns the place of a weight in a GGUF file, where the rows of a rotated pair are neighbours. */
function ggufTensor({ headDim }: LlamaConfig, name: string, shape: readonly number[]): StoredPlace {
  const place = { name: ggufBlockName(name, GGUF_PARTS) ?? GGUF_NAMES[name] ?? name, shape };
  const [, columns = 1] = shape;
  if (!/\.self_attn\.[qk]_proj\.weight$/.test(name)) return place;
  return { ...place, reorder: values => separatePairs(values, columns, headDim) };
}

/** Moves the rows of a rotated pair from neighbours to half a head apart. */
function separatePairs(values: Float32Array, columns: number, headDim: number): Float32Array {
  const ordered = new Float32Array(values.length);
  const half = headDim / 2;
  for (let row = 0; row < values.length / columns; row++) {
    const within = row % headDim;
    const from = row - within + 2 * (within % half) + (within < half ? 0 : 1);
    ordered.set(values.subarray(from * columns, (from + 1) * columns), row * columns);
  }
  return ordered;
}

export const LLAMA = {
  name: 'llama',
  title: 'LLaMA',
  tokenEmbedding: 'model.embed_tokens',
  blockPrefix: 'model.layers.',
  baseModelPrefix: 'model.',
  fanInFanOut: false,
  shapes,
  network,
  initialDeviation: () => INITIAL_DEVIATION,

  requireConfig({ heads, kvHeads, headDim, rope }, refuse) {
    for (const [name, size] of Object.entries({ kvHeads, headDim })) {
      if (!isSize(size)) refuse(`a positive whole number as ${name}`, `${size}`);
    }
    if (heads % kvHeads !== 0) refuse('a multiple of kvHeads as heads', `${heads} and ${kvHeads}`);
    requireRope(rope, headDim, refuse);
  },
  attentionShape: ({ kvHeads, headDim }) => ({ kvHeads, headDim }),
  // Gate, its sigmoid, up, and their product.
  mlpActivations: 4,

  fromHuggingFace(json, at) {
    const { number, requireValues } = configFields(key => json[key], at);
    requireValues({ hidden_act: ['silu'], attention_bias: [false], mlp_bias: [false] });
    const hiddenSize = number('hidden_size');
    const heads = number('num_attention_heads');
    return {
      architecture: 'llama',
      vocabSize: number('vocab_size'),
      maxPositions: number('max_position_embeddings'),
      hiddenSize,
      layers: number('num_hidden_layers'),
      heads,
      kvHeads: number('num_key_value_heads', heads),
      headDim: number('head_dim', hiddenSize / heads),
      intermediateSize: number('intermediate_size'),
      normEpsilon: number('rms_norm_eps', 1e-6),
      tieWordEmbeddings: json.tie_word_embeddings === true,
      rope: ropeFromJson(json, at),
    };
  },
  toHuggingFace: config => ({
    model_type: 'llama',
    architectures: ['LlamaForCausalLM'],
    vocab_size: config.vocabSize,
    tie_word_embeddings: config.tieWordEmbeddings,
    torch_dtype: 'float32',
    max_position_embeddings: config.maxPositions,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    hidden_act: 'silu',
    rms_norm_eps: config.normEpsilon,
    rope_theta: config.rope.theta,
    rope_scaling: ropeScalingJson(config.rope.scaling),
  }),

  gguf: {
    name: 'llama',
    async config(file) {
      const { number, requireValues } = configFields(key => file.metadata.get(key), file.path);
      const hiddenSize = number('llama.embedding_length');
      const heads = number('llama.attention.head_count');
      const headDim = number('llama.attention.key_length', hiddenSize / heads);
      requireValues({
        'llama.rope.dimension_count': [headDim],
        'llama.attention.value_length': [headDim],
        'llama.expert_count': [0],
      });
      return {
        architecture: 'llama',
        vocabSize: ggufVocabSize(file),
        maxPositions: number('llama.context_length'),
        hiddenSize,
        layers: number('llama.block_count'),
        heads,
        kvHeads: number('llama.attention.head_count_kv', heads),
        headDim,
        intermediateSize: number('llama.feed_forward_length'),
        normEpsilon: number('llama.attention.layer_norm_rms_epsilon'),
        tieWordEmbeddings: !file.tensors.has('output.weight'),
        rope: await ropeFromGguf(file, 'llama'),
      };
    },
    tensor: ggufTensor,
    ignored: /^rope_freqs\.weight$/,
  },

  init: {
    properties: {
      kvHeads: { type: 'integer', minimum: 1 },
      headDim: { type: 'integer', minimum: 2 },
      ropeTheta: { type: 'number', exclusiveMinimum: 0 },
    },
    config(init: LlamaInit, vocabSize) {
      const { maxPositions, hiddenSize, layers, heads } = init;
      const { normEpsilon = 1e-5, tieWordEmbeddings = true, ropeTheta = 10_000 } = init;
      return {
        architecture: 'llama',
        vocabSize,
        maxPositions,
        hiddenSize,
        layers,
        heads,
        // As many weights in three matrices as GPT-2's two of 4 times the hidden size.
        intermediateSize: init.intermediateSize ?? Math.ceil((8 * hiddenSize) / 3),
        normEpsilon,
        tieWordEmbeddings,
        kvHeads: init.kvHeads ?? heads,
        headDim: init.headDim ?? hiddenSize / heads,
        rope: { theta: ropeTheta },
      };
    },
  },
  tiny(config, { headDim, ...sizes }) {
    // Grouped heads keep the size of their groups, and one head of keys stays one.
    const kvHeads = config.kvHeads === 1 ? 1 : 2;
    const heads = (kvHeads * config.heads) / config.kvHeads;
    const { theta, scaling } = config.rope;
    return {
      ...config,
      ...sizes,
      hiddenSize: heads * headDim,
      heads,
      kvHeads,
      headDim,
      intermediateSize: 3 * heads * headDim,
      // A factor for each pair fits no other width of heads.
      rope: scaling?.type === 'factors' ? { theta } : config.rope,
    };
  },
} as const satisfies Architecture<LlamaConfig>;

/** Shape of a LLaMA to train from scratch. */
export interface LlamaInit extends InitConfig {
  kvHeads?: number;
  headDim?: number;
  ropeTheta?: number;
}
