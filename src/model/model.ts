import { tf } from '../compute/index.ts';
import { type Facts, showFacts } from '../notebook/index.ts';
import { adaptedMaps, adapterMatrices, adapterNames, adapterOf } from './adapter.ts';
import { architectureOf } from './architectures/index.ts';
import type { ModelConfig } from './config.ts';
import { contextLength } from './context-length.ts';
import type { Weights } from './network.ts';
import type { StoredForm } from './saved-config.ts';

/** A model in memory. */
export interface Model {
  config: ModelConfig;
  /** Tensors on the backend in use; `tf.dispose(model.weights)` frees them. */
  weights: Weights;
  /** Form that its files have, where it was loaded from some; {@link saveModel} keeps it. */
  stored?: StoredForm | undefined;
}

/** Counts the weights of a model, those of its adapter among them. */
export function countWeights({ weights }: Model): number {
  return sizeOf(weights, Object.keys(weights));
}

/** Returns a model that a notebook, or the console, displays by its {@link modelFacts}, never by its tensors. */
export function modelOf(config: ModelConfig, weights: Weights, stored?: StoredForm): Model {
  return showFacts({ config, weights, ...(stored && { stored }) }, modelFacts);
}

/** Returns a model's architecture, sizes, adapters, and the backend that holds its weights. */
export function modelFacts({ config, weights }: Model): Facts {
  const { layers, hiddenSize, intermediateSize, heads, vocabSize, tieWordEmbeddings } = config;
  const architecture = architectureOf(config);
  const { kvHeads } = architecture.decoder(config).attention;
  const maps = adaptedMaps(weights);
  const added = new Set(maps.flatMap(map => Object.values(adapterNames(map))));
  const own = Object.keys(weights).filter(name => !added.has(name));
  const [first] = maps;
  const rank = first === undefined ? undefined : adapterOf(weights, first)?.a.shape[0];
  const all = Object.values(weights);
  const bytes = all.reduce((sum, { size }) => sum + 4 * size, 0);
  return {
    model: architecture.title,
    parameters: `${count(sizeOf(weights, own))} in ${count(own.length)} tensors`,
    layers: `${layers}, ${count(hiddenSize)} wide, with ${count(intermediateSize)} in the MLP`,
    heads: `${heads}${kvHeads < heads ? `, ${kvHeads} of keys and values` : ''}`,
    context: `${count(contextLength(config))} tokens`,
    vocabulary: `${count(vocabSize)} tokens${tieWordEmbeddings ? ', in and out by one matrix' : ''}`,
    adapters:
      rank === undefined
        ? undefined
        : `of rank ${rank} on ${maps.length} matrices, ${count(sizeOf(weights, adapterMatrices(weights)))} parameters`,
    memory: all.some(({ isDisposed }) => isDisposed)
      ? 'freed'
      : `${(bytes / 1e6).toLocaleString('en-US', { maximumSignificantDigits: 3 })} MB as float32, on ${tf.getBackend()}`,
  };
}

function sizeOf(weights: Weights, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (weights[name]?.size ?? 0), 0);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
