import { ReadError, shown } from '../readers/index.ts';
import { type Gpt2Config, type LlamaConfig, type ModelConfig, type Rope, requireConfig } from './config.ts';
import type { GgufFile } from './open-gguf.ts';

/**
 * The config that a GGUF file states in its metadata and by its tensors.
 *
 * @throws {ReadError} if it is of another architecture, of a variant that is not computed here, or lacks a size.
 * @throws {RangeError} if its sizes do not fit together.
 */
export async function fromGguf(file: GgufFile): Promise<ModelConfig> {
  const architecture = file.metadata.get('general.architecture');
  const files = file.metadata.get('split.count') ?? 1;
  if (typeof files !== 'number' || files > 1) {
    throw new ReadError({ at: file.path, required: 'a model in one file', found: `one of ${files} files` });
  }
  if (architecture === 'gpt2') return requireConfig(gpt2(file), file.path);
  if (architecture === 'llama') return requireConfig(await llama(file), file.path);
  const required = '"general.architecture" gpt2 or llama';
  throw new ReadError({ at: file.path, required, found: shown(architecture) });
}

/** Where a weight stands in a file, and how its order there differs. */
export interface StoredPlace {
  name: string;
  shape: readonly number[];
  /** Puts the values, row by row, into the order of Hugging Face's checkpoints. */
  reorder?: (values: Float32Array) => Float32Array;
}

/**
 * Where a weight stands in a GGUF file.
 *
 * @param name what Hugging Face's checkpoints call it.
 * @param shape its shape there.
 */
export function ggufPlace(config: ModelConfig, name: string, shape: readonly number[]): StoredPlace {
  const [, layer, module = '', kind = ''] = /^\w+\.\w+\.(\d+)\.(.+)\.(\w+)$/.exec(name) ?? [];
  if (layer === undefined) return { name: WHOLE_MODEL[name] ?? name, shape };
  const place = { name: `blk.${layer}.${BLOCK_PARTS[module] ?? module}.${kind}`, shape };
  const [rows = 1, columns = 1] = shape;
  if (config.architecture === 'gpt2') {
    if (shape.length < 2) return place;
    return { ...place, shape: [columns, rows], reorder: values => transpose(values, rows, columns) };
  }
  if (module !== 'self_attn.q_proj' && module !== 'self_attn.k_proj') return place;
  return { ...place, reorder: values => unpair(values, columns, config.headDim) };
}

/** Tensors of a GGUF file that are no weights of the model. */
export const GGUF_EXTRAS = /^rope_freqs\.weight$/;

const ROPE_FACTORS = 'rope_freqs.weight';

const WHOLE_MODEL: Readonly<Record<string, string>> = {
  'transformer.wte.weight': 'token_embd.weight',
  'transformer.wpe.weight': 'position_embd.weight',
  'transformer.ln_f.weight': 'output_norm.weight',
  'transformer.ln_f.bias': 'output_norm.bias',
  'model.embed_tokens.weight': 'token_embd.weight',
  'model.norm.weight': 'output_norm.weight',
  'lm_head.weight': 'output.weight',
};

const BLOCK_PARTS: Readonly<Record<string, string>> = {
  ln_1: 'attn_norm',
  'attn.c_attn': 'attn_qkv',
  'attn.c_proj': 'attn_output',
  ln_2: 'ffn_norm',
  'mlp.c_fc': 'ffn_up',
  'mlp.c_proj': 'ffn_down',
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

function gpt2(file: GgufFile): Gpt2Config {
  const hiddenSize = number(file, 'gpt2.embedding_length');
  return {
    architecture: 'gpt2',
    vocabSize: vocabulary(file),
    maxPositions: number(file, 'gpt2.context_length'),
    hiddenSize,
    layers: number(file, 'gpt2.block_count'),
    heads: number(file, 'gpt2.attention.head_count'),
    intermediateSize: number(file, 'gpt2.feed_forward_length', 4 * hiddenSize),
    normEpsilon: number(file, 'gpt2.attention.layer_norm_epsilon'),
    tieWordEmbeddings: !file.tensors.has('output.weight'),
  };
}

async function llama(file: GgufFile): Promise<LlamaConfig> {
  const hiddenSize = number(file, 'llama.embedding_length');
  const heads = number(file, 'llama.attention.head_count');
  const headDim = number(file, 'llama.attention.key_length', hiddenSize / heads);
  requireValue(file, 'llama.rope.dimension_count', headDim);
  requireValue(file, 'llama.attention.value_length', headDim);
  requireValue(file, 'llama.expert_count', 0);
  return {
    architecture: 'llama',
    vocabSize: vocabulary(file),
    maxPositions: number(file, 'llama.context_length'),
    hiddenSize,
    layers: number(file, 'llama.block_count'),
    heads,
    kvHeads: number(file, 'llama.attention.head_count_kv', heads),
    headDim,
    intermediateSize: number(file, 'llama.feed_forward_length'),
    normEpsilon: number(file, 'llama.attention.layer_norm_rms_epsilon'),
    tieWordEmbeddings: !file.tensors.has('output.weight'),
    rope: await rope(file),
  };
}

async function rope(file: GgufFile): Promise<Rope> {
  const theta = number(file, 'llama.rope.freq_base', 10_000);
  const type = file.metadata.get('llama.rope.scaling.type') ?? 'none';
  if (type === 'linear') {
    return { theta, scaling: { type, factor: number(file, 'llama.rope.scaling.factor') } };
  }
  if (type !== 'none') {
    const required = '"llama.rope.scaling.type" none or linear';
    throw new ReadError({ at: file.path, required, found: shown(type) });
  }
  if (!file.tensors.has(ROPE_FACTORS)) return { theta };
  return { theta, scaling: { type: 'factors', factors: Array.from(await file.read(ROPE_FACTORS), Number) } };
}

function vocabulary(file: GgufFile): number {
  const rows = file.tensors.get('token_embd.weight')?.shape[0];
  if (rows !== undefined) return rows;
  throw new ReadError({ at: file.path, required: 'a tensor "token_embd.weight"', found: 'none' });
}

/** The number under the key; where there is none, the fallback if one is given. */
function number({ metadata, path }: GgufFile, key: string, fallback?: number): number {
  const value = metadata.get(key) ?? fallback;
  if (typeof value === 'number') return value;
  throw new ReadError({ at: path, required: `a number under "${key}"`, found: shown(typeof value) });
}

/** The key must be missing or have this value: others are variants that would be computed wrongly. */
function requireValue({ metadata, path }: GgufFile, key: string, value: number): void {
  const found = metadata.get(key) ?? value;
  if (found !== value)
    throw new ReadError({ at: path, required: `${value} under "${key}"`, found: String(found) });
}

/** GGUF files have GPT-2's maps the other way round: the matrix that is to have these rows and columns. */
function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[row * columns + column] = values[column * rows + row] as number;
    }
  }
  return turned;
}

/** GGUF files have the rows that rotary embeddings turn together side by side; ours are half a head apart. */
function unpair(values: Float32Array, width: number, headWidth: number): Float32Array {
  const ordered = new Float32Array(values.length);
  const half = headWidth / 2;
  for (let row = 0; row < values.length / width; row++) {
    const within = row % headWidth;
    const from = row - within + 2 * (within % half) + (within < half ? 0 : 1);
    ordered.set(values.subarray(from * width, (from + 1) * width), row * width);
  }
  return ordered;
}
