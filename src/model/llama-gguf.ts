import type { GgufContents, StoredPlace } from './architecture.ts';
import type { ConfigFields } from './config-fields.ts';
import type { LlamaConfig } from './decoder/llama-family.ts';
import { ggufBlockName, ggufVocabSize } from './gguf-tensors.ts';
import type { GgufFile } from './open-gguf.ts';
import { ropeFromGguf } from './rope-config.ts';
import { ropeContents } from './rope-contents.ts';
import type { GgufMetadata } from './write-gguf.ts';

/**
 * Reads the config of an architecture of LLaMA's family from a GGUF file, without its name.
 *
 * @param prefix of the keys, the architecture's name there.
 */
export async function ggufLlamaFamily(
  fields: ConfigFields,
  file: GgufFile,
  prefix: string,
): Promise<Omit<LlamaConfig, 'architecture'>> {
  const number = (key: string, fallback?: number) => fields.number(`${prefix}.${key}`, fallback);
  const hiddenSize = number('embedding_length');
  const heads = number('attention.head_count');
  const headDim = number('attention.key_length', hiddenSize / heads);
  const maxPositions = number('context_length');
  fields.requireValues({ [`${prefix}.attention.value_length`]: [headDim] });
  const rope = await ropeFromGguf(file, fields, prefix, { headDim, maxPositions });
  return {
    vocabSize: ggufVocabSize(file),
    maxPositions,
    hiddenSize,
    layers: number('block_count'),
    heads,
    kvHeads: number('attention.head_count_kv', heads),
    headDim,
    intermediateSize: number('feed_forward_length'),
    normEpsilon: number('attention.layer_norm_rms_epsilon'),
    tieWordEmbeddings: !file.tensors.has('output.weight'),
    rope,
    ...(file.tensors.has('blk.0.attn_output.bias') ? { attentionBias: true } : {}),
    ...(file.tensors.has('blk.0.ffn_down.bias') ? { mlpBias: true } : {}),
  };
}

/** Returns how GGUF files state an architecture that has no other parts than the family, where its name is the same. */
export function ggufFamily<Name extends string>(name: Name) {
  return {
    name,
    config: async (fields: ConfigFields, file: GgufFile) => ({
      architecture: name,
      ...(await ggufLlamaFamily(fields, file, name)),
    }),
    contents: <Config extends LlamaConfig>(config: Config) => llamaFamilyContents(config, name),
  };
}

/**
 * Returns what a GGUF file states of a config of the family.
 *
 * @param prefix of the keys, the architecture's name there.
 * @param more what the architecture states beside it, by keys without the prefix.
 */
export function llamaFamilyContents<Config extends LlamaConfig>(
  config: Config,
  prefix: string,
  more: GgufMetadata = {},
): GgufContents<Config> {
  const { headDim } = config;
  const stated = ropeContents(config.rope, prefix, headDim);
  return {
    metadata: {
      [`${prefix}.block_count`]: { type: 'uint32', value: config.layers },
      [`${prefix}.context_length`]: { type: 'uint32', value: config.maxPositions },
      [`${prefix}.embedding_length`]: { type: 'uint32', value: config.hiddenSize },
      [`${prefix}.feed_forward_length`]: { type: 'uint32', value: config.intermediateSize },
      [`${prefix}.attention.head_count`]: { type: 'uint32', value: config.heads },
      [`${prefix}.attention.head_count_kv`]: { type: 'uint32', value: config.kvHeads },
      [`${prefix}.attention.key_length`]: { type: 'uint32', value: headDim },
      [`${prefix}.attention.value_length`]: { type: 'uint32', value: headDim },
      [`${prefix}.attention.layer_norm_rms_epsilon`]: { type: 'float32', value: config.normEpsilon },
      [`${prefix}.vocab_size`]: { type: 'uint32', value: config.vocabSize },
      ...stated.metadata,
      ...Object.fromEntries(Object.entries(more).map(([key, entry]) => [`${prefix}.${key}`, entry])),
    },
    tensors: stated.tensors,
    readAs: { ...config, rope: stated.rope },
  };
}

/** Names in GGUF files: of the weights outside the blocks, and of the parts of a block. */
export interface GgufNames {
  whole: Readonly<Record<string, string>>;
  parts: Readonly<Record<string, string>>;
}

export const LLAMA_GGUF_NAMES: GgufNames = {
  whole: {
    'model.embed_tokens.weight': 'token_embd.weight',
    'model.norm.weight': 'output_norm.weight',
    'lm_head.weight': 'output.weight',
  },
  parts: {
    input_layernorm: 'attn_norm',
    'self_attn.q_proj': 'attn_q',
    'self_attn.k_proj': 'attn_k',
    'self_attn.v_proj': 'attn_v',
    'self_attn.q_norm': 'attn_q_norm',
    'self_attn.k_norm': 'attn_k_norm',
    'self_attn.qkv_proj': 'attn_qkv',
    'self_attn.o_proj': 'attn_output',
    post_attention_layernorm: 'ffn_norm',
    'mlp.gate_proj': 'ffn_gate',
    'mlp.up_proj': 'ffn_up',
    'mlp.gate_up_proj': 'ffn_up',
    'mlp.down_proj': 'ffn_down',
  },
};

/** The same for blocks whose parts also have a norm of their outputs, which takes the name `post_attention_layernorm`. */
export const OUTPUT_NORM_GGUF_NAMES: GgufNames = {
  whole: LLAMA_GGUF_NAMES.whole,
  parts: {
    ...LLAMA_GGUF_NAMES.parts,
    post_attention_layernorm: 'post_attention_norm',
    pre_feedforward_layernorm: 'ffn_norm',
    post_feedforward_layernorm: 'post_ffw_norm',
  },
};

/** Differences of a GGUF file's values from those of Hugging Face's checkpoints. */
export interface GgufValues {
  /** Order of a rotated pair's rows in the maps to queries and keys: neighbours, or half a head apart, the default. */
  pairs?: 'neighbours' | 'halves';
  /** Amount by which norms' weights in the file exceed those of the checkpoint; default 0. */
  normOffset?: number;
}

/** Returns the function that finds a weight in a GGUF file. */
export function llamaGgufTensor(
  names: GgufNames,
  { pairs = 'halves', normOffset = 0 }: GgufValues = {},
): (config: LlamaConfig, name: string, shape: readonly number[]) => StoredPlace {
  return ({ headDim }, name, shape) => {
    const place = { name: ggufBlockName(name, names.parts) ?? names.whole[name] ?? name, shape };
    const [, columns = 1] = shape;
    if (pairs === 'neighbours' && /\.self_attn\.[qk]_proj\.(weight|bias)$/.test(name)) {
      return {
        ...place,
        convert: values => reorderPairs(values, columns, headDim, 'to halves'),
        store: values => reorderPairs(values, columns, headDim, 'to neighbours'),
      };
    }
    if (normOffset !== 0 && /norm\.weight$/.test(name)) {
      return {
        ...place,
        convert: values => values.map(value => value - normOffset),
        store: values => values.map(value => value + normOffset),
      };
    }
    return place;
  };
}

/** Moves the rows of a rotated pair from neighbours to half a head apart, or back. */
function reorderPairs(
  values: Float32Array,
  columns: number,
  headDim: number,
  direction: 'to halves' | 'to neighbours',
): Float32Array {
  const ordered = new Float32Array(values.length);
  const half = headDim / 2;
  for (let row = 0; row < values.length / columns; row++) {
    const within = row % headDim;
    const neighbour = row - within + 2 * (within % half) + (within < half ? 0 : 1);
    const [from, to] = direction === 'to halves' ? [neighbour, row] : [row, neighbour];
    ordered.set(values.subarray(from * columns, (from + 1) * columns), to * columns);
  }
  return ordered;
}
