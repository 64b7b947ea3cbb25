import type { ModelConfig } from './config.ts';
import { fromHuggingFace, toHuggingFace } from './hugging-face-config.ts';
import type { Json } from './json.ts';
import type { WriteOptions } from './write-safetensors.ts';

/** Element type of weights in files that are written. */
export type SavedType = NonNullable<WriteOptions['type']>;

/** Statements of a model's files beside its config and weights, which saving it keeps. */
export interface StoredForm {
  /** Content of its `config.json`; undefined where it has none. */
  config?: Readonly<Record<string, unknown>> | undefined;
  /** Element type of its weights, as far as it can be written; else float32. */
  type: 'F32' | 'F16' | 'BF16';
}

/** Names of the element types in `config.json`. */
const TORCH_TYPES: Readonly<Record<SavedType, string>> = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
};

/** Returns the content of a `config.json` with the type that its weights are saved in. */
export function withTorchType(json: Json, type: SavedType): Record<string, unknown> {
  // Of the two names of the type, the one that every version of Transformers reads.
  return { ...json, dtype: undefined, torch_dtype: TORCH_TYPES[type] };
}

/**
 * Returns the content of a model's `config.json`: every key that the one it was loaded with has, except for those that have changed
 * since.
 *
 * @throws {RangeError} if Transformers cannot state the config.
 */
export function savedConfig(
  config: ModelConfig,
  stored: Json | undefined,
  type: SavedType,
): Record<string, unknown> {
  const json = toHuggingFace(config);
  if (!stored) return withTorchType(json, type);
  const before = toHuggingFace(fromHuggingFace(stored, 'config.json'));
  const changed = Object.entries(json).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]),
  );
  return withTorchType({ ...stored, ...Object.fromEntries(changed) }, type);
}

/**
 * Keys whose numbers Transformers requires to be written as real ones, `30.0`: it refuses `30`. JavaScript reads both as
 * the same number.
 */
const REAL_KEYS: ReadonlySet<string> = new Set(
  (
    'attn_logit_softcapping final_logit_softcapping rms_norm_eps layer_norm_eps layer_norm_epsilon ' +
    'initializer_range attention_dropout attn_pdrop embd_pdrop resid_pdrop hidden_dropout classifier_dropout ' +
    'summary_first_dropout rope_theta rope_local_base_freq factor attention_factor beta_fast beta_slow ' +
    'low_freq_factor high_freq_factor mscale mscale_all_dim partial_rotary_factor ' +
    'temperature top_p min_p typical_p repetition_penalty'
  ).split(' '),
);

/** Begins a string that represents a real number while JSON is written; no string of a config begins so. */
const REAL = '\u0000real ';

/** Returns the text of a `config.json` or `generation_config.json`. */
export function stringifyConfig(json: Json): string {
  const marked = (key: string, value: unknown) =>
    REAL_KEYS.has(key) && Number.isInteger(value) ? `${REAL}${value}.0` : value;
  const text = JSON.stringify(json, marked, 2);
  return `${text.replaceAll(/"\\u0000real (-?\d+\.0)"/g, '$1')}\n`;
}

/** Returns the type to save weights in whose files hold these: the one that all real numbers have, else float32. */
export function savedType(types: Iterable<string>): SavedType {
  const [only, ...others] = new Set(types);
  return others.length === 0 && (only === 'F16' || only === 'BF16') ? only : 'F32';
}
