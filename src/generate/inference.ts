import { type Model, modelOf } from '../model/index.ts';
import { type Decoding, decoding } from './decoding.ts';
import { type LocalScoring, scoring } from './scoring.ts';
import { stream } from './stream.ts';

/** A model with the steps that were compiled to generate and score with it, kept from call to call. */
export interface Inference extends Model {
  readonly decoding: Decoding;
  readonly scoring: LocalScoring;
  /** Frees the steps; the weights stay. */
  dispose(): void;
}

/**
 * Makes a model ready to generate and score again and again: a step is compiled at the first use of each shape,
 * which takes about a second, and kept until this is disposed. It reads the model's weights where they are.
 *
 * @example
 * // Given model.
 * const ready = inference(model)
 * for await (const { ids } of generateTokens(ready, [[5, 7], [11]], { maxTokens: 4 })) console.log(ids)
 * ready.dispose()
 */
export function inference(model: Model): Inference {
  const { config, weights, stored } = model;
  const shared = stream(model);
  const parts = { decoding: decoding(model, shared), scoring: scoring(model, shared) };
  const dispose = () => {
    for (const part of [parts.decoding, parts.scoring, shared]) part.dispose();
  };
  return Object.assign(modelOf(config, weights, stored), { ...parts, dispose });
}

/** Returns a model ready to be used, and the function that frees it where it was made here. */
export function ready(model: Model): { run: Inference; free(): void } {
  if ('scoring' in model) return { run: model as Inference, free: () => {} };
  const run = inference(model);
  return { run, free: run.dispose };
}
