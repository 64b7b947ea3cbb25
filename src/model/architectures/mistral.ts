import type { Architecture } from '../architecture.ts';
import { type SlidingConfig, slidingPart } from '../decoder/layer-types.ts';
import {
  type LlamaConfig,
  llamaDecoder,
  llamaFamily,
  llamaFamilyJson,
  llamaFamilySizes,
} from '../decoder/llama-family.ts';
import { ropeFromJson } from '../rope-config.ts';

/** Sizes and constants of a Mistral model: LLaMA, all of whose layers may have a sliding window. */
export interface MistralConfig extends LlamaConfig, Omit<SlidingConfig, 'slidingLayers'> {}

/** Mistral 7B and its relatives. llama.cpp calls it LLaMA. */
export const MISTRAL = {
  ...llamaFamily('mistral'),
  title: 'Mistral',
  decoder(config) {
    const llama = llamaDecoder(config);
    return { ...llama, attention: { ...llama.attention, sliding: slidingPart(config) } };
  },
  fromHuggingFace(fields) {
    const sizes = llamaFamilySizes(fields, { kvHeads: 8 });
    const slidingWindow = fields.numberUnlessNull('sliding_window', 4096);
    return {
      architecture: 'mistral',
      ...sizes,
      rope: ropeFromJson(fields, sizes),
      ...(slidingWindow === undefined ? {} : { slidingWindow }),
    };
  },
  toHuggingFace: config => ({
    ...llamaFamilyJson(config, 'Mistral'),
    sliding_window: config.slidingWindow ?? null,
  }),
} as const satisfies Architecture<MistralConfig>;
