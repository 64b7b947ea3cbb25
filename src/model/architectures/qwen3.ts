import type { Architecture } from '../architecture.ts';
import { type SlidingConfig, slidingPart } from '../decoder/layer-types.ts';
import {
  attentionBias,
  HEAD_NORMS,
  type LlamaConfig,
  llamaDecoder,
  llamaFamily,
  llamaFamilyJson,
  llamaFamilySizes,
} from '../decoder/llama-family.ts';
import { ggufFamily, LLAMA_GGUF_NAMES, llamaGgufTensor } from '../llama-gguf.ts';
import { ropeFromJson } from '../rope-config.ts';
import { qwenSliding, qwenSlidingJson } from './qwen2.ts';

/** Sizes and constants of a Qwen 3 model. */
export interface Qwen3Config extends LlamaConfig, SlidingConfig {}

/** Qwen 3: LLaMA with norms of each head's queries and keys. */
export const QWEN3 = {
  ...llamaFamily('qwen3'),
  title: 'Qwen 3',
  decoder(config) {
    const llama = llamaDecoder(config);
    return { ...llama, attention: { ...llama.attention, qkNorm: HEAD_NORMS, sliding: slidingPart(config) } };
  },
  fromHuggingFace(fields) {
    const sizes = llamaFamilySizes(fields, { kvHeads: 32, headDim: 128 });
    return {
      architecture: 'qwen3',
      ...sizes,
      rope: ropeFromJson(fields, sizes),
      ...attentionBias(fields),
      ...qwenSliding(fields, sizes.layers),
    };
  },
  toHuggingFace: config => ({ ...llamaFamilyJson(config, 'Qwen3'), ...qwenSlidingJson(config) }),
  gguf: {
    ...ggufFamily('qwen3'),
    tensor: llamaGgufTensor(LLAMA_GGUF_NAMES),
    ignored: /^rope_freqs\.weight$/,
  },
} as const satisfies Architecture<Qwen3Config>;
