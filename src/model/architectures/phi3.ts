import type { Architecture } from '../architecture.ts';
import type { ConfigFields } from '../config-fields.ts';
import { type SlidingConfig, slidingPart } from '../decoder/layer-types.ts';
import {
  type LlamaConfig,
  llamaDecoder,
  llamaFamily,
  llamaFamilyJson,
  llamaFamilySizes,
} from '../decoder/llama-family.ts';
import { ggufLlamaFamily, LLAMA_GGUF_NAMES, llamaFamilyContents, llamaGgufTensor } from '../llama-gguf.ts';
import type { GgufFile } from '../open-gguf.ts';
import { ropeFromJson } from '../rope-config.ts';
import type { Rope, RopeScaling } from '../rope-frequencies.ts';
import type { GgufTensor } from '../write-gguf.ts';

/** Sizes and constants of a Phi-3 model, or of a Phi-4 one of the same parts. */
export interface Phi3Config extends LlamaConfig, Omit<SlidingConfig, 'slidingLayers'> {}

/** Reads LongRoPE of a GGUF file: the factors are tensors, the original context and the magnitude are keys. */
async function longRope(
  fields: ConfigFields,
  file: GgufFile,
  maxPositions: number,
): Promise<RopeScaling | undefined> {
  const originalMaxPositions = fields.number('phi3.rope.scaling.original_context_length', maxPositions);
  const attentionFactor = fields.number('phi3.rope.scaling.attn_factor', 1);
  const names = ['rope_factors_short.weight', 'rope_factors_long.weight'];
  if (!names.every(name => file.tensors.has(name))) return undefined;
  const [shortFactors = [], longFactors = []] = await Promise.all(
    names.map(async name => Array.from(await file.read(name), Number)),
  );
  return { type: 'longrope', shortFactors, longFactors, originalMaxPositions, attentionFactor };
}

/** Returns the tensors of LongRoPE's factors. */
function longRopeTensors({ scaling }: Rope): GgufTensor[] {
  if (scaling?.type !== 'longrope') return [];
  const tensor = (kind: string, factors: readonly number[]): GgufTensor => ({
    name: `rope_factors_${kind}.weight`,
    shape: [factors.length],
    type: 'F32',
    values: () => Float32Array.from(factors),
  });
  return [tensor('short', scaling.shortFactors), tensor('long', scaling.longFactors)];
}

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
  gguf: {
    name: 'phi3',
    async config(fields, file) {
      const llama = await ggufLlamaFamily(fields, file, 'phi3');
      const slidingWindow = fields.optionalNumber('phi3.attention.sliding_window') || undefined;
      const scaling = await longRope(fields, file, llama.maxPositions);
      return {
        architecture: 'phi3',
        ...llama,
        rope: { ...llama.rope, ...(scaling && { scaling }) },
        ...(slidingWindow === undefined ? {} : { slidingWindow }),
      };
    },
    tensor: llamaGgufTensor(LLAMA_GGUF_NAMES),
    contents(config) {
      const { slidingWindow, rope } = config;
      const contents = llamaFamilyContents(config, 'phi3', {
        ...(slidingWindow !== undefined && {
          'attention.sliding_window': { type: 'uint32', value: slidingWindow },
        }),
        ...(rope.scaling?.type === 'longrope' && {
          'rope.scaling.original_context_length': {
            type: 'uint32',
            value: rope.scaling.originalMaxPositions,
          },
          'rope.scaling.attn_factor': { type: 'float32', value: rope.scaling.attentionFactor },
        }),
      });
      return { ...contents, tensors: [...(contents.tensors ?? []), ...longRopeTensors(rope)] };
    },
    ignored: /^rope_factors_(long|short)\.weight$/,
  },
  toHuggingFace(config) {
    const { scaling } = config.rope;
    return {
      ...llamaFamilyJson(config, 'Phi3'),
      // Transformers' own default is beyond small vocabularies.
      pad_token_id: config.padTokenId ?? null,
      ...(scaling?.type === 'longrope' && { original_max_position_embeddings: scaling.originalMaxPositions }),
      sliding_window: config.slidingWindow ?? null,
    };
  },
} as const satisfies Architecture<Phi3Config>;
