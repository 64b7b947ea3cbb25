import type { TinySizes } from './architecture.ts';
import { architectureOf } from './architectures/index.ts';
import type { ModelConfig } from './config.ts';
import { contextLength } from './context-length.ts';
import { blockName, type Decoder } from './decoder/decoder.ts';
import { mlpActivations } from './decoder/llama-family.ts';
import { decoderShapes } from './decoder/shapes.ts';

/** Linear map: its sizes, and the order of its matrix. */
export interface LinearMap {
  inputs: number;
  outputs: number;
  /** True if its matrix is [outputs, inputs], as PyTorch's Linear has it, rather than [inputs, outputs]. */
  transposed: boolean;
}

/** Numbers of a model's weights by their kind. */
export interface WeightCounts {
  /** Embeddings of tokens and positions, and an output matrix of its own. */
  embeddings: number;
  /** Linear maps of all blocks. */
  maps: number;
  /** Norms and biases. */
  rest: number;
  all: number;
}

/** Sizes from which a model's memory and operations follow. */
export interface ModelSizes extends Pick<ModelConfig, 'vocabSize' | 'hiddenSize' | 'layers' | 'heads'> {
  /** Most tokens of a sequence. */
  contextLength: number;
  weights: WeightCounts;
  /** Linear maps of one block, by the ends of their names. */
  blockMaps: ReadonlyMap<string, LinearMap>;
  /** Widths of all queries, and of all keys, of a position. */
  queryWidth: number;
  keyWidth: number;
  /** Numbers that an MLP keeps of each position for its gradients. */
  mlpActivations: number;
}

/** Returns the parts of the model of a config. */
export function decoderOf(config: ModelConfig): Decoder {
  return architectureOf(config).decoder(config);
}

/** Returns name and shape of every weight of a config. */
export function weightShapes(config: ModelConfig): ReadonlyMap<string, readonly number[]> {
  return decoderShapes(config, decoderOf(config));
}

/** Returns the linear maps of all blocks; the matrix of each is the weight `NAME.weight`. */
export function linearMaps(config: ModelConfig): Map<string, LinearMap> {
  const { blockPrefix, fanInFanOut = false } = decoderOf(config);
  const maps = new Map<string, LinearMap>();
  for (const [name, [first = 0, second]] of weightShapes(config)) {
    if (!name.startsWith(blockPrefix) || second === undefined) continue;
    const [inputs, outputs] = fanInFanOut ? [first, second] : [second, first];
    maps.set(name.replace(/\.weight$/, ''), { inputs, outputs, transposed: !fanInFanOut });
  }
  return maps;
}

/** Returns the sizes of a model by its config alone. */
export function modelSizes(config: ModelConfig): ModelSizes {
  const { vocabSize, hiddenSize, layers, heads, intermediateSize } = config;
  const decoder = decoderOf(config);
  const { kvHeads, headDim } = decoder.attention;
  const first = blockName(decoder, 0);
  const ofBlock = [...linearMaps(config)].filter(([name]) => name.startsWith(first));
  return {
    contextLength: contextLength(config),
    vocabSize,
    hiddenSize,
    layers,
    heads,
    weights: weightCounts(config),
    blockMaps: new Map(ofBlock.map(([name, map]) => [name.slice(first.length), map])),
    queryWidth: heads * headDim,
    keyWidth: kvHeads * headDim,
    mlpActivations: mlpActivations(decoder) * intermediateSize,
  };
}

function weightCounts(config: ModelConfig): WeightCounts {
  const { blockPrefix } = decoderOf(config);
  const counts: WeightCounts = { embeddings: 0, maps: 0, rest: 0, all: 0 };
  for (const [name, shape] of weightShapes(config)) {
    const size = shape.reduce((product, length) => product * length, 1);
    counts.all += size;
    if (shape.length < 2) counts.rest += size;
    else if (name.startsWith(blockPrefix)) counts.maps += size;
    else counts.embeddings += size;
  }
  return counts;
}

/** Returns a config of the same architecture in small sizes, with its constants and its kind of heads. */
export function tinyConfig(config: ModelConfig, sizes: TinySizes): ModelConfig {
  return architectureOf(config).tiny(config, sizes);
}
