import type { Architecture } from '../architecture.ts';
import type { ConfigFields } from '../config-fields.ts';
import { eachLayer, slidingFields, slidingLayerTypes } from '../decoder/layer-types.ts';
import {
  attentionBias,
  HEAD_NORMS,
  type LlamaFamilySizes,
  llamaFamily,
  llamaFamilySizes,
} from '../decoder/llama-family.ts';
import {
  ggufLlamaFamily,
  llamaFamilyContents,
  llamaGgufTensor,
  OUTPUT_NORM_GGUF_NAMES,
} from '../llama-gguf.ts';
import { ropeFrom, ropeScalingJson } from '../rope-config.ts';
import type { Rope } from '../rope-frequencies.ts';
import { requireRope } from '../rope-frequencies.ts';
import { GEMMA_DEFAULTS, type GemmaConfig, gemmaDecoder, gemmaJson, requireGemma } from './gemma2.ts';

/** Sizes and constants of a Gemma 3 model of text. */
export interface Gemma3Config extends GemmaConfig {
  /** Rotary embedding of layers with a sliding window; default that of the others. */
  slidingRope?: Rope;
}

/** Thetas where none are stated. */
const THETA = { full: 1_000_000, sliding: 10_000 };

/** Reads the rotary embeddings: Transformers 5 states one for each kind of layer, Transformers 4 two thetas. */
function ropes(fields: ConfigFields, sizes: LlamaFamilySizes): Pick<Gemma3Config, 'rope' | 'slidingRope'> {
  const byType = fields.object('rope_parameters');
  const scaling = fields.object('rope_scaling');
  const theta = {
    full: fields.number('rope_theta', THETA.full),
    sliding: fields.number('rope_local_base_freq', THETA.sliding),
  };
  const [full, sliding] = [byType?.object('full_attention'), byType?.object('sliding_attention')];
  return {
    rope: ropeFrom(scaling ?? full, { theta: full?.number('rope_theta', theta.full) ?? theta.full }, sizes),
    slidingRope: ropeFrom(sliding, { theta: theta.sliding }, sizes),
  };
}

/** Returns the rotary embeddings in the keys of Transformers 4, where those can state them; else of 5. */
function ropesJson({ rope, slidingRope = rope }: Gemma3Config): Record<string, unknown> {
  if (!slidingRope.scaling) return { rope_local_base_freq: slidingRope.theta };
  const parameters = ({ theta, scaling }: Rope) => ({
    rope_type: 'default',
    rope_theta: theta,
    ...ropeScalingJson(scaling),
  });
  return {
    rope_theta: undefined,
    rope_scaling: undefined,
    rope_parameters: { full_attention: parameters(rope), sliding_attention: parameters(slidingRope) },
  };
}

/** Gemma 3, the models of text: Gemma 2 with norms of queries and keys, and another theta in most layers. */
export const GEMMA3 = {
  ...llamaFamily('gemma3_text'),
  title: 'Gemma 3',
  decoder(config) {
    const gemma = gemmaDecoder(config);
    const { sliding } = gemma.attention;
    return {
      ...gemma,
      attention: {
        ...gemma.attention,
        qkNorm: HEAD_NORMS,
        sliding: sliding && { ...sliding, rope: config.slidingRope },
      },
    };
  },
  requireConfig(config, refuse) {
    requireGemma(config, refuse);
    if (config.slidingRope) requireRope(config.slidingRope, config.headDim, refuse);
  },
  fromHuggingFace(fields) {
    const sizes = llamaFamilySizes(fields, GEMMA_DEFAULTS);
    // Transformers states the first, and computes neither it nor the second.
    fields.requireValues({ attn_logit_softcapping: [], use_bidirectional_attention: [false] });
    fields.value('_sliding_window_pattern');
    const pattern = fields.number('sliding_window_pattern', 6);
    const logitsSoftcap = fields.optionalNumber('final_logit_softcapping');
    const slidingLayers =
      slidingLayerTypes(fields) ?? eachLayer(fields, sizes.layers, layer => (layer + 1) % pattern !== 0);
    return {
      architecture: 'gemma3_text',
      ...sizes,
      ...ropes(fields, sizes),
      ...attentionBias(fields),
      queryPreAttnScalar: fields.number('query_pre_attn_scalar', 256),
      ...(logitsSoftcap === undefined ? {} : { logitsSoftcap }),
      ...slidingFields(fields.numberUnlessNull('sliding_window', 4096), slidingLayers),
    };
  },
  toHuggingFace: config => ({ ...gemmaJson(config, 'Gemma3'), ...ropesJson(config) }),
  gguf: {
    name: 'gemma3',
    async config(fields, file) {
      const llama = await ggufLlamaFamily(fields, file, 'gemma3');
      const { heads, headDim, hiddenSize, layers } = llama;
      const logitsSoftcap = fields.optionalNumber('gemma3.final_logit_softcapping');
      return {
        architecture: 'gemma3_text',
        ...llama,
        // As llama.cpp has it, since no key states it: of 27B, which has 62 layers, it is another.
        queryPreAttnScalar: layers === 62 ? hiddenSize / heads : headDim,
        slidingRope: { theta: fields.number('gemma3.rope.freq_base_swa', THETA.sliding) },
        ...(logitsSoftcap === undefined ? {} : { logitsSoftcap }),
        ...slidingFields(
          fields.number('gemma3.attention.sliding_window'),
          eachLayer(fields, layers, layer => (layer + 1) % 6 !== 0),
        ),
      };
    },
    head: 'tied',
    tensor: llamaGgufTensor(OUTPUT_NORM_GGUF_NAMES, { normOffset: 1 }),
    contents: config =>
      llamaFamilyContents(config, 'gemma3', {
        'rope.freq_base_swa': { type: 'float32', value: config.slidingRope?.theta ?? THETA.sliding },
        'attention.sliding_window': { type: 'uint32', value: config.slidingWindow ?? 0 },
        ...(config.logitsSoftcap !== undefined && {
          final_logit_softcapping: { type: 'float32', value: config.logitsSoftcap },
        }),
      }),
  },
} as const satisfies Architecture<Gemma3Config>;
