import { ReadError, shown } from '../readers/index.ts';
import { ARCHITECTURES, architectureNames, architectureOf } from './architectures/index.ts';
import type { ModelConfig } from './config.ts';
import type { Json } from './json.ts';
import { requireConfig } from './require-config.ts';

/**
 * Reads the content of a Hugging Face `config.json`, of Transformers 4 or 5.
 *
 * @param at its path, for errors.
 * @throws {ReadError} if it is of another architecture, of a variant that is not computed here, or lacks a size.
 * @throws {RangeError} if its sizes do not fit together.
 */
export function fromHuggingFace(json: Json, at: string): ModelConfig {
  const architecture = ARCHITECTURES.find(({ name }) => name === json.model_type);
  if (architecture) return requireConfig(architecture.fromHuggingFace(json, at), at);
  throw new ReadError({ at, required: `"model_type" ${architectureNames()}`, found: shown(json.model_type) });
}

/**
 * Returns the content of a Hugging Face `config.json`.
 *
 * @throws {RangeError} if the config has a rotary embedding that Transformers cannot state.
 */
export function toHuggingFace(config: ModelConfig): Record<string, unknown> {
  return architectureOf(config).toHuggingFace(config);
}
