import { ACTIVATIONS, type Activation } from '../activations.ts';
import { INITIAL_DEVIATION, type InitConfig, type InitOption, type TinySizes } from '../architecture.ts';
import { isSize, type ModelConfig, type RefuseConfig } from '../config.ts';
import type { ConfigFields } from '../config-fields.ts';
import { ropeScalingJson } from '../rope-config.ts';
import type { Rope } from '../rope-frequencies.ts';
import { requireRope } from '../rope-frequencies.ts';
import type { Decoder } from './decoder.ts';
import { requireSliding, type SlidingConfig } from './layer-types.ts';

/** Config of LLaMA, and of the architectures that change parts of it. */
export interface LlamaConfig extends ModelConfig {
  /** Number of key and value heads, K; each serves `heads / kvHeads` query heads. */
  kvHeads: number;
  /** Width of a head, D, of queries, keys and values alike. */
  headDim: number;
  rope: Rope;
  /** Activation of the MLP's gate; default the architecture's, mostly SiLU. */
  activation?: Activation;
  /** True if the maps of attention have biases; default none have, or those that the architecture says. */
  attentionBias?: boolean;
  /** True if the maps of the MLP have biases; default none have. */
  mlpBias?: boolean;
  /** Token that pads, which does not learn from where it is read; default none. */
  padTokenId?: number;
}

/** Values of keys of `config.json` where none are stated. */
export interface LlamaFamilyDefaults {
  normEpsilon?: number;
  kvHeads?: number;
  headDim?: number;
  tieWordEmbeddings?: boolean;
  activation?: Activation;
  /** Key of the activation; default `hidden_act`. */
  activationKey?: string;
  padTokenId?: number;
}

/** Fields that all architectures of the family state, without the rotary embedding and the name. */
export type LlamaFamilySizes = Omit<LlamaConfig, 'architecture' | 'rope'>;

/** Reads sizes, constants and activation of a `config.json`. */
export function llamaFamilySizes(
  { number, numberUnlessNull, optionalNumber, flag, activation }: ConfigFields,
  defaults: LlamaFamilyDefaults = {},
): LlamaFamilySizes {
  const hiddenSize = number('hidden_size');
  const heads = number('num_attention_heads');
  const { activation: usual = 'silu', activationKey = 'hidden_act' } = defaults;
  const gate = activation(activationKey, usual);
  const vocabSize = number('vocab_size');
  const padTokenId =
    defaults.padTokenId === undefined
      ? optionalNumber('pad_token_id')
      : numberUnlessNull('pad_token_id', defaults.padTokenId);
  return {
    vocabSize,
    maxPositions: number('max_position_embeddings'),
    hiddenSize,
    layers: number('num_hidden_layers'),
    heads,
    kvHeads: number('num_key_value_heads', defaults.kvHeads ?? heads),
    headDim: number('head_dim', defaults.headDim ?? hiddenSize / heads),
    intermediateSize: number('intermediate_size'),
    normEpsilon: number('rms_norm_eps', defaults.normEpsilon ?? 1e-6),
    tieWordEmbeddings: flag('tie_word_embeddings', defaults.tieWordEmbeddings ?? false),
    ...(gate === usual ? {} : { activation: gate }),
    // PyTorch counts a negative id from the end.
    ...(padTokenId === undefined ? {} : { padTokenId: padTokenId < 0 ? vocabSize + padTokenId : padTokenId }),
  };
}

/** Reads whether the maps of attention have biases. */
export function attentionBias({ flag }: ConfigFields): { attentionBias?: boolean } {
  return flag('attention_bias', false) ? { attentionBias: true } : {};
}

/** Reads which maps have biases. */
export function llamaFamilyBiases(fields: ConfigFields): { attentionBias?: boolean; mlpBias?: boolean } {
  return {
    ...attentionBias(fields),
    ...(fields.flag('mlp_bias', false) ? { mlpBias: true } : {}),
  };
}

/**
 * Returns the content of a `config.json` of the family, in the keys of Transformers 4, which Transformers 5 reads too.
 *
 * @param name of the classes in Transformers, such as `Llama`.
 */
export function llamaFamilyJson(config: LlamaConfig, name: string): Record<string, unknown> {
  const { rope, attentionBias, mlpBias, headDim, padTokenId } = config;
  return {
    model_type: config.architecture,
    architectures: [`${name}ForCausalLM`],
    vocab_size: config.vocabSize,
    tie_word_embeddings: config.tieWordEmbeddings,
    torch_dtype: 'float32',
    max_position_embeddings: config.maxPositions,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: headDim,
    hidden_act: config.activation ?? 'silu',
    rms_norm_eps: config.normEpsilon,
    rope_theta: rope.theta,
    rope_scaling: ropeScalingJson(rope.scaling),
    ...(attentionBias === undefined ? {} : { attention_bias: attentionBias }),
    ...(mlpBias === undefined ? {} : { mlp_bias: mlpBias }),
    ...(padTokenId === undefined ? {} : { pad_token_id: padTokenId }),
    ...(rope.rotaryDim === undefined ? {} : { partial_rotary_factor: rope.rotaryDim / headDim }),
  };
}

/** Refuses a config of the family whose sizes do not fit together, or whose sliding window is none. */
export function requireLlamaFamily(
  config: LlamaConfig & Omit<SlidingConfig, 'layers'>,
  refuse: RefuseConfig,
): void {
  const { heads, kvHeads, headDim, rope } = config;
  for (const [name, size] of Object.entries({ kvHeads, headDim })) {
    if (!isSize(size)) refuse(`a positive whole number as ${name}`, `${size}`);
  }
  if (heads % kvHeads !== 0) refuse('a multiple of kvHeads as heads', `${heads} and ${kvHeads}`);
  requireRope(rope, headDim, refuse);
  requireSliding(config, refuse);
}

/**
 * Returns LLaMA's parts: rotary positions, RMS norm before each part, attention of grouped heads, and an MLP with a
 * gate.
 *
 * @see Touvron et al. 2023, LLaMA: Open and Efficient Foundation Language Models
 */
export function llamaDecoder(config: LlamaConfig): Decoder {
  const { kvHeads, headDim, rope, attentionBias = false, mlpBias = false, activation = 'silu' } = config;
  return {
    padTokenId: config.padTokenId,
    baseModelPrefix: 'model.',
    tokenEmbedding: 'model.embed_tokens',
    blockPrefix: 'model.layers.',
    norm: 'rms',
    attention: {
      name: 'self_attn',
      inputNorm: 'input_layernorm',
      maps: { q: 'self_attn.q_proj', k: 'self_attn.k_proj', v: 'self_attn.v_proj' },
      qkvBias: attentionBias,
      output: 'self_attn.o_proj',
      outputBias: attentionBias,
      kvHeads,
      headDim,
      rope,
    },
    mlp: {
      inputNorm: 'post_attention_layernorm',
      gate: 'mlp.gate_proj',
      up: 'mlp.up_proj',
      down: 'mlp.down_proj',
      bias: mlpBias,
      activation,
    },
    finalNorm: 'model.norm',
    output: 'lm_head',
  };
}

/** Norms of each head's queries and keys, under the names of Qwen 3 and Gemma 3. */
export const HEAD_NORMS = { q: 'self_attn.q_norm', k: 'self_attn.k_norm', over: 'head' } as const;

/** Shape of a model of the family to train from scratch. */
export interface LlamaInit extends InitConfig {
  kvHeads?: number;
  headDim?: number;
  ropeTheta?: number;
}

/** Options of {@link LlamaInit} beside those of every architecture. */
export const LLAMA_INIT_OPTIONS: Readonly<Record<string, InitOption>> = {
  kvHeads: { type: 'integer', minimum: 1 },
  headDim: { type: 'integer', minimum: 2 },
  ropeTheta: { type: 'number', exclusiveMinimum: 0 },
};

/** Returns the config of a model of the family to train from scratch. */
export function initLlamaFamily(init: LlamaInit, vocabSize: number): Omit<LlamaConfig, 'architecture'> {
  const { maxPositions, hiddenSize, layers, heads } = init;
  const { normEpsilon = 1e-5, tieWordEmbeddings = true, ropeTheta = 10_000 } = init;
  return {
    vocabSize,
    maxPositions,
    hiddenSize,
    layers,
    heads,
    // As many weights in three matrices as GPT-2's two of 4 times the hidden size.
    intermediateSize: init.intermediateSize ?? Math.ceil((8 * hiddenSize) / 3),
    normEpsilon,
    tieWordEmbeddings,
    kvHeads: init.kvHeads ?? heads,
    headDim: init.headDim ?? hiddenSize / heads,
    rope: { theta: ropeTheta },
  };
}

/** Parts of an architecture that all of the family share, except the name. */
export function llamaFamily<Name extends string>(name: Name) {
  return {
    name,
    requireConfig: requireLlamaFamily,
    initialDeviation: () => INITIAL_DEVIATION,
    init: {
      properties: LLAMA_INIT_OPTIONS,
      config: (init: LlamaInit, vocabSize: number) => ({
        architecture: name,
        ...initLlamaFamily(init, vocabSize),
      }),
    },
    tiny: tinyLlamaFamily,
  } as const;
}

/** Returns a config of the same parts in small sizes. */
export function tinyLlamaFamily<Config extends LlamaConfig>(
  config: Config,
  { headDim, ...sizes }: TinySizes,
): Config {
  // Grouped heads keep the size of their groups, and one head of keys stays one.
  const kvHeads = config.kvHeads === 1 ? 1 : 2;
  const heads = (kvHeads * config.heads) / config.kvHeads;
  return {
    ...config,
    ...tinyLayers(config, sizes.layers),
    ...sizes,
    hiddenSize: heads * headDim,
    heads,
    kvHeads,
    headDim,
    intermediateSize: 3 * heads * headDim,
    rope: tinyRope(config.rope, config.headDim, headDim),
  };
}

/** Returns what a config states layer by layer for another number of layers, from the first one on. */
function tinyLayers(config: LlamaConfig, layers: number): Record<string, readonly unknown[]> {
  const lists = Object.entries(config).flatMap(([key, list]) =>
    Array.isArray(list) ? [[key, list] as const] : [],
  );
  return Object.fromEntries(
    lists.map(([key, list]) => [
      key,
      Array.from({ length: layers }, (_, layer) => list[layer % list.length]),
    ]),
  );
}

/** Returns a rotary embedding of the same kind for heads of another width; factors of each pair fit no other. */
function tinyRope({ theta, rotaryDim, scaling }: Rope, before: number, headDim: number): Rope {
  const pairs = scaling?.type === 'factors' || scaling?.type === 'longrope';
  return {
    theta,
    ...(rotaryDim === undefined ? {} : { rotaryDim: 2 * Math.ceil((rotaryDim * headDim) / before / 2) }),
    ...(scaling && !pairs ? { scaling } : {}),
  };
}

/** Returns the number of tensors of the intermediate size that an MLP keeps of each position for its gradients. */
export function mlpActivations({ mlp: { gate, activation } }: Decoder): number {
  const { kept } = ACTIVATIONS[activation];
  // A gate's MLP keeps, beside those of the activation, its output or `up`, and their product.
  return gate === undefined ? kept : kept + 2;
}
