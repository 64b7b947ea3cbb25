import type { Architecture } from '../architecture.ts';
import type { ConfigFields } from '../config-fields.ts';
import {
  eachLayer,
  layerTypesJson,
  type SlidingConfig,
  slidingFields,
  slidingLayerTypes,
  slidingPart,
} from '../decoder/layer-types.ts';
import {
  type LlamaConfig,
  llamaDecoder,
  llamaFamily,
  llamaFamilyJson,
  llamaFamilySizes,
} from '../decoder/llama-family.ts';
import { ggufFamily, LLAMA_GGUF_NAMES, llamaGgufTensor } from '../llama-gguf.ts';
import { ropeFromJson } from '../rope-config.ts';

/** Sizes and constants of a Qwen 2 or 2.5 model. */
export interface Qwen2Config extends LlamaConfig, SlidingConfig {}

/** Reads the sliding window of Qwen's layers: the last ones, from `max_window_layers` on, where it is used at all. */
export function qwenSliding(fields: ConfigFields, layers: number): Omit<SlidingConfig, 'layers'> {
  const isUsed = fields.flag('use_sliding_window', false);
  const slidingWindow = fields.numberUnlessNull('sliding_window', 4096);
  const first = fields.number('max_window_layers', 28);
  const slidingLayers = slidingLayerTypes(fields) ?? eachLayer(fields, layers, layer => layer >= first);
  return slidingFields(isUsed ? slidingWindow : undefined, slidingLayers);
}

/** Returns the keys of Qwen's sliding window in `config.json`. */
export function qwenSlidingJson(config: SlidingConfig): Record<string, unknown> {
  return {
    use_sliding_window: config.slidingWindow !== undefined,
    sliding_window: config.slidingWindow ?? null,
    layer_types: layerTypesJson(config),
  };
}

/** Qwen 2 and 2.5: LLaMA with biases of queries, keys and values. */
export const QWEN2 = {
  ...llamaFamily('qwen2'),
  title: 'Qwen 2',
  decoder(config) {
    const llama = llamaDecoder(config);
    return { ...llama, attention: { ...llama.attention, qkvBias: true, sliding: slidingPart(config) } };
  },
  fromHuggingFace(fields) {
    const sizes = llamaFamilySizes(fields, { kvHeads: 32 });
    return {
      architecture: 'qwen2',
      ...sizes,
      rope: ropeFromJson(fields, sizes),
      ...qwenSliding(fields, sizes.layers),
    };
  },
  toHuggingFace: config => ({ ...llamaFamilyJson(config, 'Qwen2'), ...qwenSlidingJson(config) }),
  gguf: {
    ...ggufFamily('qwen2'),
    tensor: llamaGgufTensor(LLAMA_GGUF_NAMES),
    ignored: /^rope_freqs\.weight$/,
  },
} as const satisfies Architecture<Qwen2Config>;
