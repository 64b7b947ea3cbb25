import { type Architecture, INITIAL_DEVIATION } from '../architecture.ts';
import {
  initLlamaFamily,
  LLAMA_INIT_OPTIONS,
  type LlamaConfig,
  type LlamaInit,
  llamaDecoder,
  llamaFamilyBiases,
  llamaFamilyJson,
  llamaFamilySizes,
  requireLlamaFamily,
  tinyLlamaFamily,
} from '../decoder/llama-family.ts';
import { ggufLlamaFamily, LLAMA_GGUF_NAMES, llamaFamilyContents, llamaGgufTensor } from '../llama-gguf.ts';
import { ropeFromJson } from '../rope-config.ts';

export const LLAMA = {
  name: 'llama',
  title: 'LLaMA',
  decoder: llamaDecoder,
  initialDeviation: () => INITIAL_DEVIATION,
  requireConfig: requireLlamaFamily,

  fromHuggingFace(fields) {
    const sizes = llamaFamilySizes(fields);
    return {
      architecture: 'llama',
      ...sizes,
      rope: ropeFromJson(fields, sizes),
      ...llamaFamilyBiases(fields),
    };
  },
  toHuggingFace: config => llamaFamilyJson(config, 'Llama'),

  gguf: {
    name: 'llama',
    async config(fields, file) {
      fields.requireValues({ 'llama.expert_count': [0] });
      return { architecture: 'llama', ...(await ggufLlamaFamily(fields, file, 'llama')) };
    },
    tensor: llamaGgufTensor(LLAMA_GGUF_NAMES, { pairs: 'neighbours' }),
    contents: config => llamaFamilyContents(config, 'llama'),
    ignored: /^rope_freqs\.weight$/,
  },

  init: {
    properties: LLAMA_INIT_OPTIONS,
    config: (init: LlamaInit, vocabSize) => ({ architecture: 'llama', ...initLlamaFamily(init, vocabSize) }),
  },
  tiny: tinyLlamaFamily,
} as const satisfies Architecture<LlamaConfig>;
