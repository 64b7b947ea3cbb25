import type { ModelConfig } from '../../../model/index.ts';

/** A linear map in each block. */
export interface BlockMap {
  /** As Hugging Face's checkpoints end its name. */
  name: string;
  inputs: number;
  outputs: number;
}

/** How many weights a model has, by what they are. */
export interface WeightCounts {
  /** Tables of tokens and positions, and an output matrix of its own. */
  embeddings: number;
  /** Linear maps of all blocks. */
  maps: number;
  /** Norms and biases. */
  rest: number;
  all: number;
}

/** The linear maps of one block. */
export function blockMaps(config: ModelConfig): BlockMap[] {
  const { width, hidden } = config;
  if (config.architecture === 'gpt2')
    return [
      { name: 'attn.c_attn', inputs: width, outputs: 3 * width },
      { name: 'attn.c_proj', inputs: width, outputs: width },
      { name: 'mlp.c_fc', inputs: width, outputs: hidden },
      { name: 'mlp.c_proj', inputs: hidden, outputs: width },
    ];
  const queries = config.heads * config.headWidth;
  const keys = config.keyHeads * config.headWidth;
  return [
    { name: 'self_attn.q_proj', inputs: width, outputs: queries },
    { name: 'self_attn.k_proj', inputs: width, outputs: keys },
    { name: 'self_attn.v_proj', inputs: width, outputs: keys },
    { name: 'self_attn.o_proj', inputs: queries, outputs: width },
    { name: 'mlp.gate_proj', inputs: width, outputs: hidden },
    { name: 'mlp.up_proj', inputs: width, outputs: hidden },
    { name: 'mlp.down_proj', inputs: hidden, outputs: width },
  ];
}

/** Counts the weights of a model by its shape alone. */
export function weightCounts(config: ModelConfig): WeightCounts {
  const { architecture, vocabulary, context, width, layers, tied } = config;
  const table = vocabulary * width;
  const all = blockMaps(config);
  const maps = layers * sum(all.map(({ inputs, outputs }) => inputs * outputs));
  const isGpt2 = architecture === 'gpt2';
  const embeddings = table + (isGpt2 ? context * width : 0) + (tied ? 0 : table);
  // GPT-2's norms have a scale and a bias, and its maps a bias each; LLaMA's norms have a scale.
  const block = isGpt2 ? 4 * width + sum(all.map(({ outputs }) => outputs)) : 2 * width;
  const rest = layers * block + (isGpt2 ? 2 * width : width);
  return { embeddings, maps, rest, all: embeddings + maps + rest };
}

/** Weights outside the embeddings: how a study's rows tell sizes. */
export function sizeOutsideEmbeddings(config: ModelConfig): number {
  const { maps, rest } = weightCounts(config);
  return maps + rest;
}

/** Widths of all queries and of all keys together. */
export function headWidths(config: ModelConfig): { queries: number; keys: number } {
  if (config.architecture === 'gpt2') return { queries: config.width, keys: config.width };
  const { heads, keyHeads, headWidth } = config;
  return { queries: heads * headWidth, keys: keyHeads * headWidth };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
