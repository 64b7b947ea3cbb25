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
  const { hiddenSize, intermediateSize } = config;
  if (config.architecture === 'gpt2')
    return [
      { name: 'attn.c_attn', inputs: hiddenSize, outputs: 3 * hiddenSize },
      { name: 'attn.c_proj', inputs: hiddenSize, outputs: hiddenSize },
      { name: 'mlp.c_fc', inputs: hiddenSize, outputs: intermediateSize },
      { name: 'mlp.c_proj', inputs: intermediateSize, outputs: hiddenSize },
    ];
  const queries = config.heads * config.headDim;
  const keys = config.kvHeads * config.headDim;
  return [
    { name: 'self_attn.q_proj', inputs: hiddenSize, outputs: queries },
    { name: 'self_attn.k_proj', inputs: hiddenSize, outputs: keys },
    { name: 'self_attn.v_proj', inputs: hiddenSize, outputs: keys },
    { name: 'self_attn.o_proj', inputs: queries, outputs: hiddenSize },
    { name: 'mlp.gate_proj', inputs: hiddenSize, outputs: intermediateSize },
    { name: 'mlp.up_proj', inputs: hiddenSize, outputs: intermediateSize },
    { name: 'mlp.down_proj', inputs: intermediateSize, outputs: hiddenSize },
  ];
}

/** Counts the weights of a model by its shape alone. */
export function weightCounts(config: ModelConfig): WeightCounts {
  const { architecture, vocabSize, maxPositions, hiddenSize, layers, tieWordEmbeddings } = config;
  const table = vocabSize * hiddenSize;
  const all = blockMaps(config);
  const maps = layers * sum(all.map(({ inputs, outputs }) => inputs * outputs));
  const isGpt2 = architecture === 'gpt2';
  const embeddings = table + (isGpt2 ? maxPositions * hiddenSize : 0) + (tieWordEmbeddings ? 0 : table);
  // GPT-2's norms have a scale and a bias, and its maps a bias each; LLaMA's norms have a scale.
  const block = isGpt2 ? 4 * hiddenSize + sum(all.map(({ outputs }) => outputs)) : 2 * hiddenSize;
  const rest = layers * block + (isGpt2 ? 2 * hiddenSize : hiddenSize);
  return { embeddings, maps, rest, all: embeddings + maps + rest };
}

/** Weights outside the embeddings: how a study's rows tell sizes. */
export function sizeOutsideEmbeddings(config: ModelConfig): number {
  const { maps, rest } = weightCounts(config);
  return maps + rest;
}

/** Widths of all queries and of all keys together. */
export function headWidths(config: ModelConfig): { queries: number; keys: number } {
  if (config.architecture === 'gpt2') return { queries: config.hiddenSize, keys: config.hiddenSize };
  const { heads, kvHeads, headDim } = config;
  return { queries: heads * headDim, keys: kvHeads * headDim };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
