import type { Architecture } from '../architecture.ts';
import type { RefuseConfig } from '../config.ts';
import type { Decoder } from '../decoder/decoder.ts';
import {
  eachLayer,
  layerTypesJson,
  type SlidingConfig,
  slidingFields,
  slidingLayerTypes,
  slidingPart,
} from '../decoder/layer-types.ts';
import {
  attentionBias,
  type LlamaConfig,
  type LlamaFamilyDefaults,
  llamaDecoder,
  llamaFamily,
  llamaFamilyJson,
  llamaFamilySizes,
  requireLlamaFamily,
} from '../decoder/llama-family.ts';
import {
  ggufLlamaFamily,
  llamaFamilyContents,
  llamaGgufTensor,
  OUTPUT_NORM_GGUF_NAMES,
} from '../llama-gguf.ts';
import { ropeFromJson } from '../rope-config.ts';

/** Sizes and constants of a Gemma model. */
export interface GemmaConfig extends LlamaConfig, SlidingConfig {
  /** Attention's scores are divided by its root; default the width of a head. */
  queryPreAttnScalar?: number;
  /** Bounds of attention's scores and of the logits; default none. */
  attnSoftcap?: number;
  logitsSoftcap?: number;
}

/** Values of Gemma's keys where none are stated. */
export const GEMMA_DEFAULTS: LlamaFamilyDefaults = {
  kvHeads: 4,
  headDim: 256,
  tieWordEmbeddings: true,
  activation: 'gelu_pytorch_tanh',
  activationKey: 'hidden_activation',
  padTokenId: 0,
};

/** Returns Gemma's parts: norms before and after attention and MLP, whose scale is 1 plus the weight. */
export function gemmaDecoder(config: GemmaConfig): Decoder {
  const llama = llamaDecoder({ activation: 'gelu_pytorch_tanh', ...config });
  const { queryPreAttnScalar = config.headDim, attnSoftcap, logitsSoftcap } = config;
  return {
    ...llama,
    embeddingMultiplier: Math.fround(Math.sqrt(config.hiddenSize)),
    norm: 'rms-plus-one',
    attention: {
      ...llama.attention,
      outputNorm: 'post_attention_layernorm',
      scale: queryPreAttnScalar ** -0.5,
      softcap: attnSoftcap,
      sliding: slidingPart(config),
    },
    mlp: {
      ...llama.mlp,
      inputNorm: 'pre_feedforward_layernorm',
      outputNorm: 'post_feedforward_layernorm',
    },
    logitsSoftcap,
  };
}

/** Refuses a config of Gemma whose sizes or constants do not fit together. */
export function requireGemma(config: GemmaConfig, refuse: RefuseConfig): void {
  requireLlamaFamily(config, refuse);
  const { queryPreAttnScalar = 1, attnSoftcap = 1, logitsSoftcap = 1 } = config;
  const constants = [queryPreAttnScalar, attnSoftcap, logitsSoftcap];
  if (!constants.every(constant => constant > 0 && Number.isFinite(constant))) {
    refuse('a positive scale of attention and positive soft caps', constants.join(', '));
  }
}

/** Returns the content of a `config.json` of Gemma. */
export function gemmaJson(config: GemmaConfig, name: string): Record<string, unknown> {
  const { hidden_act: _, ...json } = llamaFamilyJson(config, name);
  return {
    ...json,
    hidden_activation: config.activation ?? 'gelu_pytorch_tanh',
    query_pre_attn_scalar: config.queryPreAttnScalar ?? config.headDim,
    attn_logit_softcapping: config.attnSoftcap ?? null,
    final_logit_softcapping: config.logitsSoftcap ?? null,
    sliding_window: config.slidingWindow ?? null,
    layer_types: layerTypesJson(config),
  };
}

export const GEMMA2 = {
  ...llamaFamily('gemma2'),
  title: 'Gemma 2',
  decoder: gemmaDecoder,
  requireConfig: requireGemma,
  fromHuggingFace(fields) {
    const sizes = llamaFamilySizes(fields, GEMMA_DEFAULTS);
    // Of the key's two names Transformers reads the longer only.
    fields.value('hidden_act');
    fields.requireValues({ use_bidirectional_attention: [false] });
    const attnSoftcap = fields.numberUnlessNull('attn_logit_softcapping', 50);
    const logitsSoftcap = fields.numberUnlessNull('final_logit_softcapping', 30);
    const slidingLayers =
      slidingLayerTypes(fields) ?? eachLayer(fields, sizes.layers, layer => layer % 2 === 0);
    return {
      architecture: 'gemma2',
      ...sizes,
      rope: ropeFromJson(fields, sizes),
      ...attentionBias(fields),
      queryPreAttnScalar: fields.number('query_pre_attn_scalar', 256),
      ...(attnSoftcap === undefined ? {} : { attnSoftcap }),
      ...(logitsSoftcap === undefined ? {} : { logitsSoftcap }),
      ...slidingFields(fields.numberUnlessNull('sliding_window', 4096), slidingLayers),
    };
  },
  toHuggingFace: config => gemmaJson(config, 'Gemma2'),
  gguf: {
    name: 'gemma2',
    async config(fields, file) {
      const llama = await ggufLlamaFamily(fields, file, 'gemma2');
      const { heads, headDim, hiddenSize, layers } = llama;
      return {
        architecture: 'gemma2',
        ...llama,
        // As llama.cpp has it, since no key states it: of 27B, which has 46 layers, it is another.
        queryPreAttnScalar: layers === 46 ? hiddenSize / heads : headDim,
        attnSoftcap: fields.number('gemma2.attn_logit_softcapping', 50),
        logitsSoftcap: fields.number('gemma2.final_logit_softcapping', 30),
        ...slidingFields(
          fields.number('gemma2.attention.sliding_window', 4096),
          eachLayer(fields, layers, layer => layer % 2 === 0),
        ),
      };
    },
    head: 'tied',
    tensor: llamaGgufTensor(OUTPUT_NORM_GGUF_NAMES, { normOffset: 1 }),
    contents: config =>
      llamaFamilyContents(config, 'gemma2', {
        attn_logit_softcapping: { type: 'float32', value: config.attnSoftcap ?? 0 },
        final_logit_softcapping: { type: 'float32', value: config.logitsSoftcap ?? 0 },
        'attention.sliding_window': { type: 'uint32', value: config.slidingWindow ?? 0 },
      }),
  },
} as const satisfies Architecture<GemmaConfig>;
