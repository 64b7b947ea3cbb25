import { ReadError, shown } from '../readers/index.ts';
import { configFields } from './config-fields.ts';
import { isObject, type Json } from './json.ts';
import type { GgufFile } from './open-gguf.ts';
import type { Rope, RopeScaling } from './rope.ts';

/**
 * Reads the rotary embedding of a `config.json`: Transformers 4 states `rope_theta` and `rope_scaling`, Transformers 5
 * both together as `rope_parameters`.
 *
 * @throws {ReadError} if it is of a type that is not computed here.
 */
export function ropeFromJson(json: Json, at: string): Rope {
  const parameters = json.rope_parameters ?? json.rope_scaling ?? {};
  if (!isObject(parameters)) {
    throw new ReadError({ at: `${at}, "rope_parameters"`, required: 'an object', found: shown(parameters) });
  }
  const { number } = configFields(key => parameters[key], at);
  const theta = number('rope_theta', configFields(key => json[key], at).number('rope_theta', 10_000));
  const type = parameters.rope_type ?? parameters.type ?? 'default';
  switch (type) {
    case 'default':
      return { theta };
    case 'linear':
      return { theta, scaling: { type: 'linear', factor: number('factor') } };
    case 'llama3': {
      const scaling: RopeScaling = {
        type: 'llama3',
        factor: number('factor'),
        lowFreqFactor: number('low_freq_factor'),
        highFreqFactor: number('high_freq_factor'),
        originalMaxPositions: number('original_max_position_embeddings'),
      };
      return { theta, scaling };
    }
    default:
      throw new ReadError({ at, required: '"rope_type" default, linear or llama3', found: shown(type) });
  }
}

/**
 * Returns `rope_scaling` of a `config.json`.
 *
 * @throws {RangeError} if each pair has its own factor, which Transformers cannot state.
 */
export function ropeScalingJson(scaling: RopeScaling | undefined): object | null {
  switch (scaling?.type) {
    case undefined:
      return null;
    case 'linear':
      return { rope_type: 'linear', factor: scaling.factor };
    case 'llama3':
      return {
        rope_type: 'llama3',
        factor: scaling.factor,
        low_freq_factor: scaling.lowFreqFactor,
        high_freq_factor: scaling.highFreqFactor,
        original_max_position_embeddings: scaling.originalMaxPositions,
      };
    case 'factors':
      throw new RangeError(
        'Cannot write the config for Transformers: a scaling of the rotary embedding by one formula is required, ' +
          'found a factor for each pair, from a GGUF file',
      );
  }
}

/** Name of the tensor with a factor for each pair in a GGUF file. */
const FACTORS = 'rope_freqs.weight';

/**
 * Reads the rotary embedding of a GGUF file.
 *
 * @param prefix of the keys, the architecture's name there.
 * @throws {ReadError} if it is of a type that is not computed here.
 */
export async function ropeFromGguf(file: GgufFile, prefix: string): Promise<Rope> {
  const { number } = configFields(key => file.metadata.get(key), file.path);
  const theta = number(`${prefix}.rope.freq_base`, 10_000);
  const type = file.metadata.get(`${prefix}.rope.scaling.type`) ?? 'none';
  if (type === 'linear') return { theta, scaling: { type, factor: number(`${prefix}.rope.scaling.factor`) } };
  if (type !== 'none') {
    const required = `"${prefix}.rope.scaling.type" none or linear`;
    throw new ReadError({ at: file.path, required, found: shown(type) });
  }
  if (!file.tensors.has(FACTORS)) return { theta };
  return { theta, scaling: { type: 'factors', factors: Array.from(await file.read(FACTORS), Number) } };
}
