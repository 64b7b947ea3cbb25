import type { Architecture } from '../architecture.ts';
import { requireSliding, type SlidingConfig, slidingPart } from '../decoder/layer-types.ts';
import {
  type LlamaConfig,
  llamaDecoder,
  llamaFamily,
  llamaFamilyJson,
  llamaFamilySizes,
  requireLlamaFamily,
} from '../decoder/llama-family.ts';
import { ropeFromJson } from '../rope-config.ts';

/** Sizes and constants of a Phi-3 model, or of a Phi-4 one of the same parts. */
export interface Phi3Config extends LlamaConfig, Omit<SlidingConfig, 'slidingLayers'> {}

/** Phi-3: LLaMA with one map for queries, keys and values, and one for the MLP's gate and what it multiplies. */
export const PHI3 = {
  ...llamaFamily('phi3'),
  title: 'Phi-3',
  decoder(config) {
    const llama = llamaDecoder(config);
    return {
      ...llama,
      attention: {
        ...llama.attention,
        maps: { qkv: 'self_attn.qkv_proj', order: 'whole' },
        sliding: slidingPart(config),
      },
      mlp: { ...llama.mlp, gate: 'fused', up: 'mlp.gate_up_proj' },
    };
  },
  requireConfig(config, refuse) {
    requireLlamaFamily(config, refuse);
    requireSliding(config, refuse);
  },
  fromHuggingFace(fields) {
    const sizes = llamaFamilySizes(fields, { normEpsilon: 1e-5 });
    // Phi-4 states variants that its models do not have, and Transformers does not compute.
    fields.requireValues({
      attention_bias: [false],
      mlp_bias: [false],
      lm_head_bias: [false],
      full_attn_mod: [1],
      interpolate_factor: [1],
    });
    const slidingWindow = fields.optionalNumber('sliding_window');
    const rope = ropeFromJson(fields, sizes, {
      partial: { key: 'partial_rotary_factor', share: 1 },
      originalMaxPositions: fields.number('original_max_position_embeddings', 4096),
      yarnIsLongRope: true,
    });
    return {
      architecture: 'phi3',
      ...sizes,
      rope,
      ...(slidingWindow === undefined ? {} : { slidingWindow }),
    };
  },
  toHuggingFace(config) {
    const { scaling } = config.rope;
    return {
      ...llamaFamilyJson(config, 'Phi3'),
      // Transformers' own default is beyond small vocabularies.
      pad_token_id: null,
      ...(scaling?.type === 'longrope' && { original_max_position_embeddings: scaling.originalMaxPositions }),
      sliding_window: config.slidingWindow ?? null,
    };
  },
} as const satisfies Architecture<Phi3Config>;
