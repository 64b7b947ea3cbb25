import { ReadError, shown } from '../readers/index.ts';
import {
  type Gpt2Config,
  type LlamaConfig,
  type ModelConfig,
  type Rope,
  type RopeScaling,
  requireConfig,
} from './config.ts';
import { isObject } from './json.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The config that a Hugging Face `config.json` states, of Transformers 4 or 5.
 *
 * @param json its content.
 * @param at where it stands, for errors.
 * @throws {ReadError} if it is of another architecture, of a variant that is not computed here, or lacks a size.
 * @throws {RangeError} if its sizes do not fit together.
 */
export function fromHuggingFace(json: Json, at: string): ModelConfig {
  switch (json.model_type) {
    case 'gpt2':
      return requireConfig(gpt2(json, at), at);
    case 'llama':
      return requireConfig(llama(json, at), at);
    default:
      throw new ReadError({ at, required: '"model_type" gpt2 or llama', found: shown(json.model_type) });
  }
}

/**
 * The `config.json` of Hugging Face for a config.
 *
 * @throws {RangeError} if it has a rotary embedding that Transformers cannot state.
 */
export function toHuggingFace(config: ModelConfig): Record<string, unknown> {
  const common = {
    vocab_size: config.vocabSize,
    tie_word_embeddings: config.tieWordEmbeddings,
    torch_dtype: 'float32',
  };
  if (config.architecture === 'gpt2') {
    return {
      model_type: 'gpt2',
      architectures: ['GPT2LMHeadModel'],
      ...common,
      n_positions: config.maxPositions,
      n_embd: config.hiddenSize,
      n_layer: config.layers,
      n_head: config.heads,
      n_inner: config.intermediateSize,
      activation_function: 'gelu_new',
      layer_norm_epsilon: config.normEpsilon,
    };
  }
  return {
    model_type: 'llama',
    architectures: ['LlamaForCausalLM'],
    ...common,
    max_position_embeddings: config.maxPositions,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    hidden_act: 'silu',
    rms_norm_eps: config.normEpsilon,
    rope_theta: config.rope.theta,
    rope_scaling: scalingJson(config.rope.scaling),
  };
}

function gpt2(json: Json, at: string): Gpt2Config {
  requireValues(json, at, {
    activation_function: ['gelu_new', 'gelu_pytorch_tanh'],
    scale_attn_weights: [true],
    scale_attn_by_inverse_layer_idx: [false],
    add_cross_attention: [false],
  });
  const hiddenSize = number(json, 'n_embd', at);
  return {
    architecture: 'gpt2',
    vocabSize: number(json, 'vocab_size', at),
    maxPositions: number(json, 'n_positions', at, optional(json, 'n_ctx')),
    hiddenSize,
    layers: number(json, 'n_layer', at),
    heads: number(json, 'n_head', at),
    intermediateSize: number(json, 'n_inner', at, 4 * hiddenSize),
    normEpsilon: number(json, 'layer_norm_epsilon', at, 1e-5),
    tieWordEmbeddings: json.tie_word_embeddings !== false,
  };
}

function llama(json: Json, at: string): LlamaConfig {
  requireValues(json, at, { hidden_act: ['silu'], attention_bias: [false], mlp_bias: [false] });
  const hiddenSize = number(json, 'hidden_size', at);
  const heads = number(json, 'num_attention_heads', at);
  return {
    architecture: 'llama',
    vocabSize: number(json, 'vocab_size', at),
    maxPositions: number(json, 'max_position_embeddings', at),
    hiddenSize,
    layers: number(json, 'num_hidden_layers', at),
    heads,
    kvHeads: number(json, 'num_key_value_heads', at, heads),
    headDim: number(json, 'head_dim', at, hiddenSize / heads),
    intermediateSize: number(json, 'intermediate_size', at),
    normEpsilon: number(json, 'rms_norm_eps', at, 1e-6),
    tieWordEmbeddings: json.tie_word_embeddings === true,
    rope: rope(json, at),
  };
}

/** Transformers 4 states `rope_theta` and `rope_scaling`, Transformers 5 both together as `rope_parameters`. */
function rope(json: Json, at: string): Rope {
  const parameters = object(json.rope_parameters ?? json.rope_scaling ?? {}, `${at}, "rope_parameters"`);
  const theta = number(parameters, 'rope_theta', at, number(json, 'rope_theta', at, 10_000));
  const type = parameters.rope_type ?? parameters.type ?? 'default';
  if (type === 'default') return { theta };
  if (type === 'linear')
    return { theta, scaling: { type: 'linear', factor: number(parameters, 'factor', at) } };
  if (type !== 'llama3') {
    throw new ReadError({ at, required: '"rope_type" default, linear or llama3', found: shown(type) });
  }
  const scaling: RopeScaling = {
    type: 'llama3',
    factor: number(parameters, 'factor', at),
    lowFreqFactor: number(parameters, 'low_freq_factor', at),
    highFreqFactor: number(parameters, 'high_freq_factor', at),
    originalMaxPositions: number(parameters, 'original_max_position_embeddings', at),
  };
  return { theta, scaling };
}

function scalingJson(scaling: RopeScaling | undefined): object | null {
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

function object(value: unknown, at: string): Json {
  if (isObject(value)) return value;
  throw new ReadError({ at, required: 'an object', found: shown(value) });
}

function optional(json: Json, key: string): number | undefined {
  const value = json[key];
  return typeof value === 'number' ? value : undefined;
}

/** The number under the key; where there is none, or null, the fallback if one is given. */
function number(json: Json, key: string, at: string, fallback?: number): number {
  const value = json[key] ?? fallback;
  if (typeof value === 'number') return value;
  throw new ReadError({ at, required: `a number under "${key}"`, found: shown(value) });
}

/** Each key must be missing or have one of its values: others are variants that would be computed wrongly. */
function requireValues(json: Json, at: string, known: Readonly<Record<string, readonly unknown[]>>): void {
  for (const [key, values] of Object.entries(known)) {
    const value = json[key];
    if (value === undefined || value === null || values.includes(value)) continue;
    throw new ReadError({
      at,
      required: `${values.map(shown).join(' or ')} under "${key}"`,
      found: shown(value),
    });
  }
}
