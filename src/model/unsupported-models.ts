import { ReadError, shown } from '../readers/index.ts';
import type { Json } from './json.ts';

/** Kinds of models that are not computed here, by keys that their `config.json` states. */
const KINDS: readonly { keys: readonly string[]; required: string }[] = [
  {
    keys: ['quantization_config', 'compression_config'],
    required: 'a checkpoint whose weights are not quantised',
  },
  {
    keys: ['num_experts', 'num_local_experts', 'n_routed_experts', 'moe_intermediate_size'],
    required: 'a model without mixture of experts',
  },
  {
    keys: ['vision_config', 'audio_config', 'image_token_id', 'image_token_index'],
    required: 'a model of text alone',
  },
];

/**
 * Refuses models of kinds that are not computed here: quantised ones, mixtures of experts, and those of images or sound.
 *
 * @throws {ReadError} that names the key by which the kind is known.
 */
export function requireSupported(json: Json, at: string): void {
  for (const { keys, required } of KINDS) {
    const key = keys.find(key => json[key] !== undefined && json[key] !== null);
    if (key !== undefined) throw new ReadError({ at, required, found: `"${key}": ${shown(json[key])}` });
  }
}
