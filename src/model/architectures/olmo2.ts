import type { Architecture } from '../architecture.ts';
import {
  attentionBias,
  type LlamaConfig,
  llamaDecoder,
  llamaFamily,
  llamaFamilyJson,
  llamaFamilySizes,
} from '../decoder/llama-family.ts';
import { ggufFamily, llamaGgufTensor, OUTPUT_NORM_GGUF_NAMES } from '../llama-gguf.ts';
import { ropeFromJson } from '../rope-config.ts';

/** Sizes and constants of an OLMo 2 model. */
export interface Olmo2Config extends LlamaConfig {}

/** OLMo 2: LLaMA with norms of what attention and MLP add, none of what they read, and of all queries and keys. */
export const OLMO2 = {
  ...llamaFamily('olmo2'),
  title: 'OLMo 2',
  decoder(config) {
    const llama = llamaDecoder(config);
    const { inputNorm: _, ...attention } = llama.attention;
    const { inputNorm: __, ...mlp } = llama.mlp;
    return {
      ...llama,
      attention: {
        ...attention,
        qkNorm: { q: 'self_attn.q_norm', k: 'self_attn.k_norm', over: 'all' },
        outputNorm: 'post_attention_layernorm',
      },
      mlp: { ...mlp, outputNorm: 'post_feedforward_layernorm' },
    };
  },
  fromHuggingFace(fields) {
    const sizes = llamaFamilySizes(fields, { normEpsilon: 1e-5 });
    return {
      architecture: 'olmo2',
      ...sizes,
      rope: ropeFromJson(fields, sizes),
      ...attentionBias(fields),
    };
  },
  toHuggingFace: config => llamaFamilyJson(config, 'Olmo2'),
  gguf: {
    ...ggufFamily('olmo2'),
    head: 'own',
    tensor: llamaGgufTensor(OUTPUT_NORM_GGUF_NAMES),
  },
} as const satisfies Architecture<Olmo2Config>;
