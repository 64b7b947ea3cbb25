import { ReadError, shown } from '../readers/index.ts';
import { isObject, type Json } from './json.ts';
import { isMapPattern, type MapPattern } from './map-pattern.ts';

/** Files of an adapter's folder, as PEFT lays it out. */
export const ADAPTER_CONFIG = 'adapter_config.json';
export const ADAPTER_STEM = 'adapter_model';

/** Prefix that PEFT puts before the names that a tensor has in the model. */
export const ADAPTER_PREFIX = 'base_model.model.';

/** Statements of an `adapter_config.json` about LoRA. */
export interface PeftConfig {
  alpha: number;
  /** Alphas of some maps, where they have others; ranks are those of the tensors. */
  alphaPattern: MapPattern;
  /** True if alpha is divided by the root of the rank, rather than by the rank. */
  rootScale: boolean;
}

/** Settings of PEFT that make something else of the same tensors, and the values that they have in plain LoRA. */
const PLAIN: Readonly<Record<string, readonly unknown[]>> = {
  peft_type: ['LORA'],
  bias: ['none', undefined],
  // The others move the base weights before training.
  init_lora_weights: [true, false, 'gaussian', 'eva', 'orthogonal', undefined, null],
  use_dora: [false, undefined],
  use_qalora: [false, undefined],
  layer_replication: [null, undefined],
  alora_invocation_tokens: [null, undefined],
};

/**
 * Reads the content of an `adapter_config.json`.
 *
 * @throws {ReadError} if it is not of LoRA, or of a variant that is not computed here.
 */
export function parsePeftConfig(json: Readonly<Record<string, unknown>>, at: string): PeftConfig {
  for (const [key, values] of Object.entries(PLAIN)) {
    if (values.includes(json[key])) continue;
    const required = `${shown(values[0])} under "${key}"`;
    throw new ReadError({ at, required, found: shown(json[key]) });
  }
  for (const key of Object.keys(json).filter(key => key.endsWith('_config'))) {
    const value = json[key];
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) continue;
    throw new ReadError({ at, required: `nothing under "${key}"`, found: shown(value) });
  }
  const { lora_alpha: alpha, use_rslora: rootScale } = json;
  if (typeof alpha !== 'number' || !(alpha > 0 && Number.isFinite(alpha))) {
    throw new ReadError({ at, required: 'a number above 0 under "lora_alpha"', found: shown(alpha) });
  }
  return { alpha, alphaPattern: alphaPatternOf(json, at), rootScale: rootScale === true };
}

function alphaPatternOf({ alpha_pattern: found = {} }: Json, at: string): MapPattern {
  const isAlpha = (entry: [string, unknown]): entry is [string, number] =>
    isMapPattern(entry[0]) && typeof entry[1] === 'number' && entry[1] > 0 && Number.isFinite(entry[1]);
  const entries = Object.entries(isObject(found) ? found : { [shown(found)]: Number.NaN });
  if (entries.every(isAlpha)) return Object.fromEntries(entries);
  const required = 'numbers above 0 by names of maps under "alpha_pattern"';
  throw new ReadError({ at, required, found: shown(found) });
}
