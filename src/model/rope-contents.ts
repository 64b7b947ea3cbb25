import type { Rope } from './rope-frequencies.ts';
import { ropeFrequencies } from './rope-frequencies.ts';
import type { GgufMetadata, GgufTensor } from './write-gguf.ts';

/** A rotary embedding as a GGUF file states it. */
export interface RopeContents {
  metadata: GgufMetadata;
  tensors: readonly GgufTensor[];
  /** The same embedding as it is read of the file. */
  rope: Rope;
}

/**
 * Returns what a GGUF file states of a rotary embedding: of one with llama3's scaling, a factor for each pair. A scaling
 * that such files do not state is left out.
 *
 * @param prefix of the keys, the architecture's name there.
 */
export function ropeContents(rope: Rope, prefix: string, headDim: number): RopeContents {
  const { theta, rotaryDim = headDim, scaling } = rope;
  const metadata: GgufMetadata = {
    [`${prefix}.rope.dimension_count`]: { type: 'uint32', value: rotaryDim },
    [`${prefix}.rope.freq_base`]: { type: 'float32', value: theta },
  };
  switch (scaling?.type) {
    case 'linear':
    case 'yarn':
      return {
        metadata: { ...metadata, ...scalingMetadata(scaling, `${prefix}.rope.scaling`) },
        tensors: [],
        rope,
      };
    case 'llama3':
    case 'factors': {
      const frequencies = ropeFrequencies(rope, headDim);
      const factors = ropeFrequencies({ theta, rotaryDim }, headDim).map(
        (frequency, pair) => frequency / (frequencies[pair] ?? Number.NaN),
      );
      const tensor: GgufTensor = {
        name: 'rope_freqs.weight',
        shape: [factors.length],
        type: 'F32',
        values: () => Float32Array.from(factors),
      };
      return { metadata, tensors: [tensor], rope: { ...rope, scaling: { type: 'factors', factors } } };
    }
    default:
      return { metadata, tensors: [], rope };
  }
}

function scalingMetadata(
  scaling: { type: string; factor: number; originalMaxPositions?: number },
  prefix: string,
): GgufMetadata {
  const { type, factor, originalMaxPositions } = scaling;
  return {
    [`${prefix}.type`]: { type: 'text', value: type },
    [`${prefix}.factor`]: { type: 'float32', value: factor },
    ...(originalMaxPositions !== undefined && {
      [`${prefix}.original_context_length`]: { type: 'uint32', value: originalMaxPositions },
    }),
  };
}
