import { ReadError, shown } from '../readers/index.ts';
import type { ConfigFields } from './config-fields.ts';
import type { GgufFile } from './open-gguf.ts';
import type { Rope, RopeScaling } from './rope-frequencies.ts';

/** Keys by which an architecture states its rotary embedding in `config.json`. */
export interface RopeKeys {
  /** Theta where none is stated; default 10,000. */
  defaultTheta?: number;
  /** Key of theta, of Transformers 4; default `rope_theta`. */
  theta?: string;
  /** Key of the share of a head that is rotated, of Transformers 4, and the share where none is stated; default all is. */
  partial?: { key: string; share: number };
  /** The original context, where the architecture states it outside of the scaling; default it is no more than inside. */
  originalMaxPositions?: number | undefined;
  /** True if `yarn` names LongRoPE, as in early Phi-3 models. */
  yarnIsLongRope?: boolean;
}

/** Sizes that a rotary embedding depends on. */
export interface RopeSizes {
  headDim: number;
  maxPositions: number;
}

/**
 * Reads the rotary embedding of a `config.json`: Transformers 4 states `rope_theta` and `rope_scaling`, Transformers 5
 * both together as `rope_parameters`.
 *
 * @throws {ReadError} if it is of a type that is not computed here.
 */
export function ropeFromJson(fields: ConfigFields, sizes: RopeSizes, keys: RopeKeys = {}): Rope {
  const stated = [fields.object('rope_scaling'), fields.object('rope_parameters')];
  const { defaultTheta = 10_000, theta = 'rope_theta' } = keys;
  const fallbacks = {
    theta: fields.number(theta, defaultTheta),
    share: keys.partial && fields.number(keys.partial.key, keys.partial.share),
  };
  return ropeFrom(stated[0] ?? stated[1], fallbacks, sizes, keys);
}

/** Constants of a rotary embedding that are stated outside of its own object. */
interface RopeFallbacks {
  theta: number;
  /** Share of a head that is rotated; undefined where the architecture rotates all. */
  share?: number | undefined;
}

/** Reads a rotary embedding from the object of its parameters. */
export function ropeFrom(
  parameters: ConfigFields | undefined,
  fallbacks: RopeFallbacks,
  sizes: RopeSizes,
  keys: RopeKeys = {},
): Rope {
  const share = partialShare(parameters, fallbacks.share);
  const rotaryDim = Math.trunc(sizes.headDim * share);
  return {
    theta: parameters?.number('rope_theta', fallbacks.theta) ?? fallbacks.theta,
    ...(rotaryDim === sizes.headDim ? {} : { rotaryDim }),
    ...(parameters && scalingFrom(parameters, sizes.maxPositions, keys)),
  };
}

function partialShare(parameters: ConfigFields | undefined, fallback: number | undefined): number {
  if (fallback === undefined) {
    parameters?.requireValues({ partial_rotary_factor: [1] });
    return 1;
  }
  return parameters?.number('partial_rotary_factor', fallback) ?? fallback;
}

function scalingFrom(
  fields: ConfigFields,
  maxPositions: number,
  { originalMaxPositions: outside, yarnIsLongRope = false }: RopeKeys,
): { scaling?: RopeScaling } {
  const { number, optionalNumber } = fields;
  const [newer, older] = [fields.text('rope_type'), fields.text('type')];
  const named = newer ?? older ?? 'default';
  const type = named === 'su' || (yarnIsLongRope && named === 'yarn') ? 'longrope' : named;
  const original = () => {
    const within = number('original_max_position_embeddings', maxPositions);
    return outside ?? within;
  };
  switch (type) {
    case 'default':
      return {};
    case 'linear':
      return { scaling: { type, factor: number('factor') } };
    case 'dynamic':
      return { scaling: { type, factor: number('factor'), originalMaxPositions: maxPositions } };
    case 'llama3':
      return {
        scaling: {
          type,
          factor: number('factor'),
          lowFreqFactor: number('low_freq_factor'),
          highFreqFactor: number('high_freq_factor'),
          originalMaxPositions: original(),
        },
      };
    case 'yarn': {
      const originalMaxPositions = original();
      return {
        scaling: {
          type,
          factor: number('factor', maxPositions / originalMaxPositions),
          originalMaxPositions,
          ...stated('betaFast', optionalNumber('beta_fast') || undefined),
          ...stated('betaSlow', optionalNumber('beta_slow') || undefined),
          ...stated('attentionFactor', optionalNumber('attention_factor')),
          ...stated('mscale', optionalNumber('mscale')),
          ...stated('mscaleAllDim', optionalNumber('mscale_all_dim')),
          ...(fields.flag('truncate', true) ? {} : { truncate: false }),
        },
      };
    }
    case 'longrope': {
      const originalMaxPositions = original();
      const factor = number('factor', maxPositions / originalMaxPositions);
      const usual = Math.sqrt(1 + Math.log(factor) / Math.log(originalMaxPositions));
      return {
        scaling: {
          type: 'longrope',
          shortFactors: factors(fields, 'short_factor'),
          longFactors: factors(fields, 'long_factor'),
          originalMaxPositions,
          attentionFactor: number('attention_factor', factor <= 1 ? 1 : usual),
        },
      };
    }
    default: {
      const required = '"rope_type" default, linear, dynamic, llama3, yarn or longrope';
      throw new ReadError({ at: fields.at, required, found: shown(named) });
    }
  }
}

/** Returns an object of the number, or an empty one where there is none. */
function stated<Key extends string>(key: Key, value: number | undefined): { [K in Key]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: number });
}

function factors(fields: ConfigFields, key: string): readonly number[] {
  const found = fields.list(key, 'numbers', (item): item is number => typeof item === 'number');
  if (found) return found;
  throw new ReadError({ at: fields.at, required: `a list of numbers under "${key}"`, found: 'none' });
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
    case 'dynamic':
      return { rope_type: scaling.type, factor: scaling.factor };
    case 'llama3':
      return {
        rope_type: 'llama3',
        factor: scaling.factor,
        low_freq_factor: scaling.lowFreqFactor,
        high_freq_factor: scaling.highFreqFactor,
        original_max_position_embeddings: scaling.originalMaxPositions,
      };
    case 'yarn':
      return {
        rope_type: 'yarn',
        factor: scaling.factor,
        original_max_position_embeddings: scaling.originalMaxPositions,
        beta_fast: scaling.betaFast,
        beta_slow: scaling.betaSlow,
        attention_factor: scaling.attentionFactor,
        mscale: scaling.mscale,
        mscale_all_dim: scaling.mscaleAllDim,
        truncate: scaling.truncate,
      };
    case 'longrope':
      return {
        rope_type: 'longrope',
        short_factor: scaling.shortFactors,
        long_factor: scaling.longFactors,
        original_max_position_embeddings: scaling.originalMaxPositions,
        attention_factor: scaling.attentionFactor,
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
export async function ropeFromGguf(
  file: GgufFile,
  { number, optionalNumber, text }: ConfigFields,
  prefix: string,
  { headDim, maxPositions }: RopeSizes,
): Promise<Rope> {
  const rotaryDim = number(`${prefix}.rope.dimension_count`, headDim);
  const rope = {
    theta: number(`${prefix}.rope.freq_base`, 10_000),
    ...(rotaryDim === headDim ? {} : { rotaryDim }),
  };
  const type = text(`${prefix}.rope.scaling.type`) ?? 'none';
  const factor = () => number(`${prefix}.rope.scaling.factor`);
  const originalMaxPositions = optionalNumber(`${prefix}.rope.scaling.original_context_length`);
  if (type === 'linear') return { ...rope, scaling: { type, factor: factor() } };
  if (type === 'yarn') {
    return {
      ...rope,
      scaling: { type, factor: factor(), originalMaxPositions: originalMaxPositions ?? maxPositions },
    };
  }
  if (type !== 'none') {
    const required = `"${prefix}.rope.scaling.type" none, linear or yarn`;
    throw new ReadError({ at: file.path, required, found: shown(type) });
  }
  if (!file.tensors.has(FACTORS)) return rope;
  return { ...rope, scaling: { type: 'factors', factors: Array.from(await file.read(FACTORS), Number) } };
}
