import { ReadError, shown } from '../readers/index.ts';
import { ARCHITECTURES, architectureNames, architectureOf } from './architectures/index.ts';
import type { ModelConfig } from './config.ts';
import { configFields } from './config-fields.ts';
import { isHarmlessKey } from './harmless-keys.ts';
import type { Json } from './json.ts';
import { requireConfig } from './require-config.ts';
import { requireSupported } from './unsupported-models.ts';

/**
 * Reads the content of a Hugging Face `config.json`, of Transformers 4 or 5.
 *
 * @param at its path, for errors.
 * @throws {ReadError} if it is of another architecture, of a variant that is not computed here, lacks a size, or has a
 *   key whose effect is not known.
 * @throws {RangeError} if its sizes do not fit together.
 */
export function fromHuggingFace(json: Json, at: string): ModelConfig {
  requireSupported(json, at);
  const architecture = ARCHITECTURES.find(({ name }) => name === json.model_type);
  if (!architecture) {
    const required = `"model_type" ${architectureNames()}`;
    throw new ReadError({ at, required, found: shown(json.model_type) });
  }
  const fields = configFields(new Map(Object.entries(json)), at);
  const config = architecture.fromHuggingFace(fields);
  fields.requireAllRead(isHarmlessKey);
  return requireConfig(config, at);
}

/**
 * Returns the content of a Hugging Face `config.json`.
 *
 * @throws {RangeError} if the config has a rotary embedding that Transformers cannot state.
 */
export function toHuggingFace(config: ModelConfig): Record<string, unknown> {
  return architectureOf(config).toHuggingFace(config);
}
