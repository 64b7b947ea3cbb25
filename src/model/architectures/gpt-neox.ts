import type { Activation } from '../activations.ts';
import type { Architecture, StoredPlace } from '../architecture.ts';
import type { Decoder } from '../decoder/decoder.ts';
import { type LlamaConfig, llamaFamily, requireLlamaFamily } from '../decoder/llama-family.ts';
import { ggufBlockName, ggufVocabSize } from '../gguf-tensors.ts';
import type { GgufNames } from '../llama-gguf.ts';
import { ropeFromGguf, ropeFromJson, ropeScalingJson } from '../rope-config.ts';
import { ropeContents } from '../rope-contents.ts';

/** Sizes and constants of a GPT-NeoX model, such as Pythia's. */
export interface GptNeoxConfig extends LlamaConfig {
  /** False if the MLP reads what attention added to; default attention and MLP read the same. */
  parallelResidual?: boolean;
}

const DEFAULT_ACTIVATION: Activation = 'gelu';

/**
 * Returns GPT-NeoX's parts: rotary positions of a part of each head, layer norm, one map for queries, keys and values,
 * and attention and MLP side by side.
 *
 * @see Black et al. 2022, GPT-NeoX-20B; Biderman et al. 2023, Pythia
 */
function decoder(config: GptNeoxConfig): Decoder {
  const { heads, headDim, rope, attentionBias = true, activation = DEFAULT_ACTIVATION } = config;
  return {
    baseModelPrefix: 'gpt_neox.',
    tokenEmbedding: 'gpt_neox.embed_in',
    blockPrefix: 'gpt_neox.layers.',
    norm: 'layer',
    attention: {
      name: 'attention',
      inputNorm: 'input_layernorm',
      maps: { qkv: 'attention.query_key_value', order: 'by-head' },
      qkvBias: attentionBias,
      output: 'attention.dense',
      outputBias: attentionBias,
      kvHeads: heads,
      headDim,
      rope,
    },
    mlp: {
      inputNorm: 'post_attention_layernorm',
      up: 'mlp.dense_h_to_4h',
      down: 'mlp.dense_4h_to_h',
      bias: true,
      activation,
    },
    parallelResidual: config.parallelResidual ?? true,
    finalNorm: 'gpt_neox.final_layer_norm',
    output: 'embed_out',
  };
}

/** Names in GGUF files. */
const GGUF_NAMES: GgufNames = {
  whole: {
    'gpt_neox.embed_in.weight': 'token_embd.weight',
    'gpt_neox.final_layer_norm.weight': 'output_norm.weight',
    'gpt_neox.final_layer_norm.bias': 'output_norm.bias',
    'embed_out.weight': 'output.weight',
  },
  parts: {
    input_layernorm: 'attn_norm',
    'attention.query_key_value': 'attn_qkv',
    'attention.dense': 'attn_output',
    post_attention_layernorm: 'ffn_norm',
    'mlp.dense_h_to_4h': 'ffn_up',
    'mlp.dense_4h_to_h': 'ffn_down',
  },
};

/** Returns the place of a weight in a GGUF file, which holds all queries, then keys, then values. */
function ggufTensor({ heads, headDim }: GptNeoxConfig, name: string, shape: readonly number[]): StoredPlace {
  const place = { name: ggufBlockName(name, GGUF_NAMES.parts) ?? GGUF_NAMES.whole[name] ?? name, shape };
  if (!name.includes('.query_key_value.')) return place;
  const [, columns = 1] = shape;
  const size = headDim * columns;
  return {
    ...place,
    convert: values => exchanged(values, 3, heads, size),
    store: values => exchanged(values, heads, 3, size),
  };
}

/** Exchanges the order of rows and columns of pieces: [rows, columns, size] to [columns, rows, size]. */
function exchanged(values: Float32Array, rows: number, columns: number, size: number): Float32Array {
  const ordered = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = (row * columns + column) * size;
      ordered.set(values.subarray(from, from + size), (column * rows + row) * size);
    }
  }
  return ordered;
}

export const GPT_NEOX = {
  ...llamaFamily('gpt_neox'),
  title: 'GPT-NeoX',
  decoder,
  requireConfig(config, refuse) {
    requireLlamaFamily(config, refuse);
    const { hiddenSize, heads, headDim, kvHeads } = config;
    if (kvHeads !== heads || heads * headDim !== hiddenSize) {
      refuse(`heads that divide the hiddenSize ${hiddenSize}`, `${heads} of ${headDim}`);
    }
  },
  fromHuggingFace(fields) {
    const { number, flag } = fields;
    const hiddenSize = number('hidden_size');
    const heads = number('num_attention_heads');
    const headDim = hiddenSize / heads;
    const maxPositions = number('max_position_embeddings');
    const activation = fields.activation('hidden_act', DEFAULT_ACTIVATION);
    return {
      architecture: 'gpt_neox',
      vocabSize: number('vocab_size'),
      maxPositions,
      hiddenSize,
      layers: number('num_hidden_layers'),
      heads,
      kvHeads: heads,
      headDim,
      intermediateSize: number('intermediate_size'),
      normEpsilon: number('layer_norm_eps', 1e-5),
      tieWordEmbeddings: flag('tie_word_embeddings', false),
      rope: ropeFromJson(
        fields,
        { headDim, maxPositions },
        { theta: 'rotary_emb_base', partial: { key: 'rotary_pct', share: 0.25 } },
      ),
      parallelResidual: flag('use_parallel_residual', true),
      attentionBias: flag('attention_bias', true),
      ...(activation === DEFAULT_ACTIVATION ? {} : { activation }),
    };
  },
  gguf: {
    name: 'gptneox',
    async config(fields, file) {
      const key = (end: string) => `gptneox.${end}`;
      const hiddenSize = fields.number(key('embedding_length'));
      const heads = fields.number(key('attention.head_count'));
      const [headDim, maxPositions] = [hiddenSize / heads, fields.number(key('context_length'))];
      return {
        architecture: 'gpt_neox',
        vocabSize: ggufVocabSize(file),
        maxPositions,
        hiddenSize,
        layers: fields.number(key('block_count')),
        heads,
        kvHeads: heads,
        headDim,
        intermediateSize: fields.number(key('feed_forward_length')),
        normEpsilon: fields.number(key('attention.layer_norm_epsilon')),
        tieWordEmbeddings: !file.tensors.has('output.weight'),
        rope: await ropeFromGguf(file, fields, 'gptneox', { headDim, maxPositions }),
        parallelResidual: fields.flag(key('use_parallel_residual'), true),
        attentionBias: file.tensors.has('blk.0.attn_qkv.bias'),
      };
    },
    head: 'own',
    tensor: ggufTensor,
    contents(config) {
      const { metadata, ...rope } = ropeContents(config.rope, 'gptneox', config.headDim);
      return {
        metadata: {
          'gptneox.block_count': { type: 'uint32', value: config.layers },
          'gptneox.context_length': { type: 'uint32', value: config.maxPositions },
          'gptneox.embedding_length': { type: 'uint32', value: config.hiddenSize },
          'gptneox.feed_forward_length': { type: 'uint32', value: config.intermediateSize },
          'gptneox.attention.head_count': { type: 'uint32', value: config.heads },
          'gptneox.attention.layer_norm_epsilon': { type: 'float32', value: config.normEpsilon },
          'gptneox.use_parallel_residual': { type: 'truth', value: config.parallelResidual ?? true },
          ...metadata,
        },
        tensors: rope.tensors,
        readAs: {
          ...config,
          rope: rope.rope,
          parallelResidual: config.parallelResidual ?? true,
          attentionBias: config.attentionBias ?? true,
        },
      };
    },
  },
  toHuggingFace: config => ({
    model_type: 'gpt_neox',
    architectures: ['GPTNeoXForCausalLM'],
    vocab_size: config.vocabSize,
    tie_word_embeddings: config.tieWordEmbeddings,
    torch_dtype: 'float32',
    max_position_embeddings: config.maxPositions,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    hidden_act: config.activation ?? DEFAULT_ACTIVATION,
    layer_norm_eps: config.normEpsilon,
    use_parallel_residual: config.parallelResidual ?? true,
    attention_bias: config.attentionBias ?? true,
    rotary_emb_base: config.rope.theta,
    rotary_pct: (config.rope.rotaryDim ?? config.headDim) / config.headDim,
    rope_scaling: ropeScalingJson(config.rope.scaling),
  }),
} as const satisfies Architecture<GptNeoxConfig>;
