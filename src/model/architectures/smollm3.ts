import { ReadError } from '../../readers/index.ts';
import type { Architecture } from '../architecture.ts';
import type { ConfigFields } from '../config-fields.ts';
import {
  eachLayer,
  layerTypesJson,
  requireEachLayer,
  type SlidingConfig,
  slidingFields,
  slidingLayerTypes,
  slidingPart,
} from '../decoder/layer-types.ts';
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

/** Sizes and constants of a SmolLM3 model. */
export interface SmolLm3Config extends LlamaConfig, SlidingConfig {
  /** Layers whose queries and keys are rotated; default all but each fourth. */
  ropeLayers?: readonly boolean[];
}

/** Reads which layers are rotated. */
function rotatedLayers(fields: ConfigFields, layers: number): readonly boolean[] {
  const isFlag = (item: unknown): item is number => item === 0 || item === 1;
  const interval = fields.number('no_rope_layer_interval', 4);
  const listed = fields.list('no_rope_layers', 'numbers 0 and 1', isFlag);
  if (listed && listed.length < layers) {
    const required = `"no_rope_layers" of ${layers} layers`;
    throw new ReadError({ at: fields.at, required, found: `${listed.length}` });
  }
  return eachLayer(fields, layers, layer => (listed ? listed[layer] === 1 : (layer + 1) % interval !== 0));
}

/** Lists which layers are rotated; where nothing else is stated, and by llama.cpp, all but each fourth. */
function ropeLayersOf({
  layers,
  ropeLayers,
}: Pick<SmolLm3Config, 'layers' | 'ropeLayers'>): readonly boolean[] {
  return ropeLayers ?? Array.from({ length: layers }, (_, layer) => (layer + 1) % 4 !== 0);
}

/** SmolLM3: LLaMA, some of whose layers have no rotary embedding, and may have a sliding window. */
export const SMOLLM3 = {
  ...llamaFamily('smollm3'),
  title: 'SmolLM3',
  decoder(config) {
    const llama = llamaDecoder(config);
    const ropeLayers = ropeLayersOf(config);
    const rotates = (layer: number) => ropeLayers[layer] ?? true;
    return { ...llama, attention: { ...llama.attention, rotates, sliding: slidingPart(config) } };
  },
  requireConfig(config, refuse) {
    requireLlamaFamily(config, refuse);
    requireEachLayer('rotary embeddings', config.ropeLayers, config.layers, refuse);
  },
  fromHuggingFace(fields) {
    const sizes = llamaFamilySizes(fields, { kvHeads: 4, tieWordEmbeddings: true });
    const ropeLayers = rotatedLayers(fields, sizes.layers);
    const slidingWindow = fields.optionalNumber('sliding_window');
    const isUsed = fields.flag('use_sliding_window', false);
    const slidingLayers = slidingLayerTypes(fields) ?? ropeLayers.map(rotates => isUsed && !rotates);
    return {
      architecture: 'smollm3',
      ...sizes,
      rope: ropeFromJson(fields, sizes, { defaultTheta: 2_000_000 }),
      ...llamaFamilyBiases(fields),
      ropeLayers,
      ...slidingFields(slidingWindow, slidingLayers),
    };
  },
  toHuggingFace(config) {
    const { slidingWindow } = config;
    return {
      ...llamaFamilyJson(config, 'SmolLM3'),
      // Transformers' own default is beyond small vocabularies.
      pad_token_id: config.padTokenId ?? null,
      no_rope_layers: ropeLayersOf(config).map(Number),
      use_sliding_window: slidingWindow !== undefined,
      sliding_window: slidingWindow ?? null,
      layer_types: layerTypesJson(config),
    };
  },
  gguf: {
    name: 'smollm3',
    async config(fields, file) {
      const llama = await ggufLlamaFamily(fields, file, 'smollm3');
      return { architecture: 'smollm3', ...llama, ropeLayers: ropeLayersOf(llama) };
    },
    tensor: llamaGgufTensor(LLAMA_GGUF_NAMES, { pairs: 'neighbours' }),
    contents: config => llamaFamilyContents(config, 'smollm3'),
    ignored: /^rope_freqs\.weight$/,
  },
} as const satisfies Architecture<SmolLm3Config>;
