import type { Activation } from '../activations.ts';
import { type Architecture, INITIAL_DEVIATION, type StoredPlace } from '../architecture.ts';
import type { ModelConfig } from '../config.ts';
import type { Decoder } from '../decoder/decoder.ts';
import { ggufBlockName, ggufVocabSize } from '../gguf-tensors.ts';

/** Sizes and constants of a GPT-2 model. */
export interface Gpt2Config extends ModelConfig {
  architecture: 'gpt2';
  /** Activation of the MLP; default GELU in its approximation by a hyperbolic tangent. */
  activation?: Activation;
}

const DEFAULT_ACTIVATION: Activation = 'gelu_pytorch_tanh';

/**
 * Returns GPT-2's parts: learned positions, layer norm before each part, attention, and an MLP without gate.
 *
 * @see Radford et al. 2019, Language Models are Unsupervised Multitask Learners
 */
function decoder({ hiddenSize, heads, activation = DEFAULT_ACTIVATION }: Gpt2Config): Decoder {
  return {
    baseModelPrefix: 'transformer.',
    tokenEmbedding: 'transformer.wte',
    positionEmbedding: 'transformer.wpe',
    blockPrefix: 'transformer.h.',
    norm: 'layer',
    attention: {
      name: 'attn',
      inputNorm: 'ln_1',
      maps: { qkv: 'attn.c_attn', order: 'whole' },
      qkvBias: true,
      output: 'attn.c_proj',
      outputBias: true,
      kvHeads: heads,
      headDim: hiddenSize / heads,
    },
    mlp: { inputNorm: 'ln_2', up: 'mlp.c_fc', down: 'mlp.c_proj', bias: true, activation },
    finalNorm: 'transformer.ln_f',
    output: 'lm_head',
    fanInFanOut: true,
  };
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
    convert: values => transpose(values, inputs, outputs),
    store: values => transpose(values, outputs, inputs),
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
  decoder,

  /** Maps into the residual stream are smaller by the square root of their number. §2.3 */
  initialDeviation({ layers }, name) {
    return name.endsWith('.c_proj.weight') ? INITIAL_DEVIATION / Math.sqrt(2 * layers) : INITIAL_DEVIATION;
  },

  requireConfig({ hiddenSize, heads }, refuse) {
    if (hiddenSize % heads !== 0)
      refuse('a hiddenSize that the heads divide', `${hiddenSize} and ${heads} heads`);
  },

  fromHuggingFace(fields) {
    const { number, requireValues, flag } = fields;
    requireValues({
      scale_attn_weights: [true],
      scale_attn_by_inverse_layer_idx: [false],
      add_cross_attention: [false],
    });
    const hiddenSize = number('n_embd');
    const activation = fields.activation('activation_function', DEFAULT_ACTIVATION);
    return {
      architecture: 'gpt2',
      vocabSize: number('vocab_size'),
      maxPositions: number('n_positions', fields.optionalNumber('n_ctx')),
      hiddenSize,
      layers: number('n_layer'),
      heads: number('n_head'),
      intermediateSize: number('n_inner', 4 * hiddenSize),
      normEpsilon: number('layer_norm_epsilon', 1e-5),
      tieWordEmbeddings: flag('tie_word_embeddings', true),
      ...(activation === DEFAULT_ACTIVATION ? {} : { activation }),
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
    activation_function: config.activation ?? 'gelu_new',
    layer_norm_epsilon: config.normEpsilon,
  }),

  gguf: {
    name: 'gpt2',
    config({ number }, file) {
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
    contents: config => ({
      metadata: {
        'gpt2.block_count': { type: 'uint32', value: config.layers },
        'gpt2.context_length': { type: 'uint32', value: config.maxPositions },
        'gpt2.embedding_length': { type: 'uint32', value: config.hiddenSize },
        'gpt2.feed_forward_length': { type: 'uint32', value: config.intermediateSize },
        'gpt2.attention.head_count': { type: 'uint32', value: config.heads },
        'gpt2.attention.layer_norm_epsilon': { type: 'float32', value: config.normEpsilon },
      },
    }),
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
