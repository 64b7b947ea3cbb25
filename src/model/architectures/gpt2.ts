import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../../compute/index.ts';
import { gelu } from '../activations.ts';
import { type Architecture, INITIAL_DEVIATION, type StoredPlace } from '../architecture.ts';
import { attention, headsFirst } from '../attention.ts';
import type { ModelConfig } from '../config.ts';
import { configFields } from '../config-fields.ts';
import { ggufBlockName, ggufVocabSize } from '../gguf-tensors.ts';
import { linear } from '../linear.ts';
import { type Dropout, type Network, noDropout, noKvCache, type Weights, weightOf } from '../network.ts';
import { layerNorm } from '../norms.ts';

/** Sizes and constants of a GPT-2 model. */
export interface Gpt2Config extends ModelConfig {
  architecture: 'gpt2';
}

/**
 * Builds the network of GPT-2: learned positions, layer norm before each part, attention, and an MLP with GELU.
 *
 * @see Radford et al. 2019, Language Models are Unsupervised Multitask Learners
 */
function network(config: Gpt2Config): Network {
  const { hiddenSize, heads, normEpsilon, tieWordEmbeddings } = config;
  const headDim = hiddenSize / heads;

  const norm = (weights: Weights, name: string, x: Tensor3D) =>
    layerNorm(x, weightOf(weights, `${name}.weight`), weightOf(weights, `${name}.bias`), normEpsilon);
  const conv1d = (weights: Weights, name: string, x: Tensor3D, dropout: Dropout): Tensor3D =>
    tf.add(linear(weights, name, x, false, dropout), weightOf(weights, `${name}.bias`));

  return {
    embed(weights, ids, positions) {
      const wpe = weightOf(weights, 'transformer.wpe.weight'); // [maxPositions, C]
      const placed = positions
        ? tf.gather(wpe, positions)
        : tf.slice(wpe, [0, 0], [ids.shape[1], hiddenSize]);
      return tf.add(tf.gather(weightOf(weights, 'transformer.wte.weight'), ids), placed);
    },

    block(weights, layer, x, { mask, kvCache = noKvCache, dropout = noDropout }) {
      const h = `transformer.h.${layer}`;
      const [batch, length] = x.shape;
      const map = (name: string, input: Tensor3D) => conv1d(weights, `${h}.${name}`, input, dropout);
      const output = (name: string, input: Tensor3D) => dropout(map(name, input), 'hidden', `${h}.${name}`);

      const qkv = tf.split(map('attn.c_attn', norm(weights, `${h}.ln_1`, x)), 3, 2); // 3 × [B, T, C]
      const [q, kNow, vNow] = qkv.map(part => tf.reshape(part, [batch, length, heads, headDim])) as Qkv;
      const { k, v } = kvCache(layer, { k: headsFirst(kNow), v: headsFirst(vNow) }); // [B, H, S, D]
      const context = attention(q, k, v, mask, attnWeights => dropout(attnWeights, 'hidden', `${h}.attn`));
      const residual: Tensor3D = tf.add(x, output('attn.c_proj', context)); // [B, T, C]

      const hidden = gelu(map('mlp.c_fc', norm(weights, `${h}.ln_2`, residual))); // [B, T, I]
      return tf.add(residual, output('mlp.c_proj', hidden));
    },

    logits(weights, x) {
      const normed = norm(weights, 'transformer.ln_f', x);
      return linear(weights, tieWordEmbeddings ? 'transformer.wte' : 'lm_head', normed, true);
    },
  };
}

/** Queries, keys and values, [B, T, H, D] each. */
type Qkv = [Tensor4D, Tensor4D, Tensor4D];

function shapes(config: Gpt2Config): Map<string, readonly number[]> {
  const { vocabSize, maxPositions, hiddenSize, intermediateSize, layers, tieWordEmbeddings } = config;
  const shapes = new Map<string, readonly number[]>([
    ['transformer.wte.weight', [vocabSize, hiddenSize]],
    ['transformer.wpe.weight', [maxPositions, hiddenSize]],
  ]);
  const norm = (name: string) => shapes.set(`${name}.weight`, [hiddenSize]).set(`${name}.bias`, [hiddenSize]);
  const conv1d = (name: string, inputs: number, outputs: number) =>
    shapes.set(`${name}.weight`, [inputs, outputs]).set(`${name}.bias`, [outputs]);
  for (let layer = 0; layer < layers; layer++) {
    const h = `transformer.h.${layer}`;
    norm(`${h}.ln_1`);
    conv1d(`${h}.attn.c_attn`, hiddenSize, 3 * hiddenSize);
    conv1d(`${h}.attn.c_proj`, hiddenSize, hiddenSize);
    norm(`${h}.ln_2`);
    conv1d(`${h}.mlp.c_fc`, hiddenSize, intermediateSize);
    conv1d(`${h}.mlp.c_proj`, intermediateSize, hiddenSize);
  }
  norm('transformer.ln_f');
  return tieWordEmbeddings ? shapes : shapes.set('lm_head.weight', [vocabSize, hiddenSize]);
}

/** Names in GGUF files of the weights outside the blocks. */
const GGUF_NAMES: Readonly<Record<string, string>> = {
  'transformer.wte.weight': 'token_embd.weight',
  'transformer.wpe.weight': 'position_embd.weight',
  'transformer.ln_f.weight': 'output_norm.weight',
  'transformer.ln_f.bias': 'output_norm.bias',
  'lm_head.weight': 'output.weight',
};

/** Names in GGUF files of the parts of a block. */
const GGUF_PARTS: Readonly<Record<string, string>> = {
  ln_1: 'attn_norm',
  'attn.c_attn': 'attn_qkv',
  'attn.c_proj': 'attn_output',
  ln_2: 'ffn_norm',
  'mlp.c_fc': 'ffn_up',
  'mlp.c_proj': 'ffn_down',
};

/** Returns the place of a weight in a GGUF file, which holds the matrices of blocks as [outputs, inputs]. */
function ggufTensor(_: Gpt2Config, name: string, shape: readonly number[]): StoredPlace {
  const inBlock = ggufBlockName(name, GGUF_PARTS);
  if (inBlock === undefined) return { name: GGUF_NAMES[name] ?? name, shape };
  const [inputs, outputs] = shape;
  if (inputs === undefined || outputs === undefined) return { name: inBlock, shape };
  return {
    name: inBlock,
    shape: [outputs, inputs],
    reorder: values => transpose(values, inputs, outputs),
  };
}

/** Returns the transpose of a matrix [columns, rows], as [rows, columns]. */
function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const transposed = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      transposed[row * columns + column] = values[column * rows + row] ?? Number.NaN;
    }
  }
  return transposed;
}

export const GPT2 = {
  name: 'gpt2',
  title: 'GPT-2',
  tokenEmbedding: 'transformer.wte',
  blockPrefix: 'transformer.h.',
  baseModelPrefix: 'transformer.',
  fanInFanOut: true,
  shapes,
  network,

  /** Maps into the residual stream are smaller by the square root of their number. §2.3 */
  initialDeviation({ layers }, name) {
    return name.endsWith('.c_proj.weight') ? INITIAL_DEVIATION / Math.sqrt(2 * layers) : INITIAL_DEVIATION;
  },

  requireConfig({ hiddenSize, heads }, refuse) {
    if (hiddenSize % heads !== 0)
      refuse('a hiddenSize that the heads divide', `${hiddenSize} and ${heads} heads`);
  },
  attentionShape: ({ hiddenSize, heads }) => ({ kvHeads: heads, headDim: hiddenSize / heads }),
  // The input of GELU and its output.
  mlpActivations: 2,

  fromHuggingFace(json, at) {
    const { number, requireValues } = configFields(key => json[key], at);
    requireValues({
      activation_function: ['gelu_new', 'gelu_pytorch_tanh'],
      scale_attn_weights: [true],
      scale_attn_by_inverse_layer_idx: [false],
      add_cross_attention: [false],
    });
    const hiddenSize = number('n_embd');
    const { n_ctx: context } = json;
    return {
      architecture: 'gpt2',
      vocabSize: number('vocab_size'),
      maxPositions: number('n_positions', typeof context === 'number' ? context : undefined),
      hiddenSize,
      layers: number('n_layer'),
      heads: number('n_head'),
      intermediateSize: number('n_inner', 4 * hiddenSize),
      normEpsilon: number('layer_norm_epsilon', 1e-5),
      tieWordEmbeddings: json.tie_word_embeddings !== false,
    };
  },
  toHuggingFace: config => ({
    model_type: 'gpt2',
    architectures: ['GPT2LMHeadModel'],
    vocab_size: config.vocabSize,
    tie_word_embeddings: config.tieWordEmbeddings,
    torch_dtype: 'float32',
    n_positions: config.maxPositions,
    n_embd: config.hiddenSize,
    n_layer: config.layers,
    n_head: config.heads,
    n_inner: config.intermediateSize,
    activation_function: 'gelu_new',
    layer_norm_epsilon: config.normEpsilon,
  }),

  gguf: {
    name: 'gpt2',
    config(file) {
      const { number } = configFields(key => file.metadata.get(key), file.path);
      const hiddenSize = number('gpt2.embedding_length');
      return {
        architecture: 'gpt2',
        vocabSize: ggufVocabSize(file),
        maxPositions: number('gpt2.context_length'),
        hiddenSize,
        layers: number('gpt2.block_count'),
        heads: number('gpt2.attention.head_count'),
        intermediateSize: number('gpt2.feed_forward_length', 4 * hiddenSize),
        normEpsilon: number('gpt2.attention.layer_norm_epsilon'),
        tieWordEmbeddings: !file.tensors.has('output.weight'),
      };
    },
    tensor: ggufTensor,
  },

  init: {
    properties: {},
    config(init, vocabSize) {
      const { maxPositions, hiddenSize, layers, heads } = init;
      const { intermediateSize = 4 * hiddenSize, normEpsilon = 1e-5, tieWordEmbeddings = true } = init;
      return {
        architecture: 'gpt2',
        vocabSize,
        maxPositions,
        hiddenSize,
        layers,
        heads,
        intermediateSize,
        normEpsilon,
        tieWordEmbeddings,
      };
    },
  },
  tiny: (config, { headDim, ...sizes }) => ({
    ...config,
    ...sizes,
    hiddenSize: 2 * headDim,
    heads: 2,
    intermediateSize: 6 * headDim,
  }),
} as const satisfies Architecture<Gpt2Config>;
