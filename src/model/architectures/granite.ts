import type { Architecture } from '../architecture.ts';
import {
  type LlamaConfig,
  llamaDecoder,
  llamaFamily,
  llamaFamilyBiases,
  llamaFamilyJson,
  llamaFamilySizes,
  requireLlamaFamily,
} from '../decoder/llama-family.ts';
import { ggufLlamaFamily, LLAMA_GGUF_NAMES, llamaFamilyContents, llamaGgufTensor } from '../llama-gguf.ts';
import { ropeFromJson } from '../rope-config.ts';

/** Sizes and constants of a Granite model. */
export interface GraniteConfig extends LlamaConfig {
  /** Factor of the embedding, and of what is added to the residual stream; default 1. */
  embeddingMultiplier?: number;
  residualMultiplier?: number;
  /** Factor of attention's scores; default 1/√D. */
  attentionMultiplier?: number;
  /** Divisor of the logits; default 1. */
  logitsScaling?: number;
}

/** Granite: LLaMA with multipliers of embedding, attention, residual stream and logits. */
export const GRANITE = {
  ...llamaFamily('granite'),
  title: 'Granite',
  decoder(config) {
    const llama = llamaDecoder(config);
    return {
      ...llama,
      embeddingMultiplier: config.embeddingMultiplier,
      attention: { ...llama.attention, scale: config.attentionMultiplier },
      residualMultiplier: config.residualMultiplier,
      logitsDivisor: config.logitsScaling,
    };
  },
  requireConfig(config, refuse) {
    requireLlamaFamily(config, refuse);
    const {
      embeddingMultiplier = 1,
      residualMultiplier = 1,
      attentionMultiplier = 1,
      logitsScaling = 1,
    } = config;
    const multipliers = [embeddingMultiplier, residualMultiplier, attentionMultiplier, logitsScaling];
    if (!multipliers.every(Number.isFinite) || logitsScaling === 0) {
      refuse('finite multipliers, that of the logits not 0', multipliers.join(', '));
    }
  },
  fromHuggingFace(fields) {
    const sizes = llamaFamilySizes(fields);
    return {
      architecture: 'granite',
      ...sizes,
      rope: ropeFromJson(fields, sizes),
      ...llamaFamilyBiases(fields),
      embeddingMultiplier: fields.number('embedding_multiplier', 1),
      residualMultiplier: fields.number('residual_multiplier', 1),
      attentionMultiplier: fields.number('attention_multiplier', 1),
      logitsScaling: fields.number('logits_scaling', 1),
    };
  },
  toHuggingFace: config => ({
    ...llamaFamilyJson(config, 'Granite'),
    embedding_multiplier: config.embeddingMultiplier ?? 1,
    residual_multiplier: config.residualMultiplier ?? 1,
    attention_multiplier: config.attentionMultiplier ?? config.headDim ** -0.5,
    logits_scaling: config.logitsScaling ?? 1,
  }),
  gguf: {
    name: 'granite',
    async config(fields, file) {
      const llama = await ggufLlamaFamily(fields, file, 'granite');
      return {
        architecture: 'granite',
        ...llama,
        embeddingMultiplier: fields.number('granite.embedding_scale', 1),
        residualMultiplier: fields.number('granite.residual_scale', 1),
        attentionMultiplier: fields.number('granite.attention.scale', llama.headDim ** -0.5),
        logitsScaling: fields.number('granite.logit_scale', 1),
      };
    },
    tensor: llamaGgufTensor(LLAMA_GGUF_NAMES, { pairs: 'neighbours' }),
    contents: config =>
      llamaFamilyContents(config, 'granite', {
        embedding_scale: { type: 'float32', value: config.embeddingMultiplier ?? 1 },
        residual_scale: { type: 'float32', value: config.residualMultiplier ?? 1 },
        'attention.scale': { type: 'float32', value: config.attentionMultiplier ?? config.headDim ** -0.5 },
        logit_scale: { type: 'float32', value: config.logitsScaling ?? 1 },
      }),
    ignored: /^rope_freqs\.weight$/,
  },
} as const satisfies Architecture<GraniteConfig>;
