import { toBfloat16, toHalf } from './half.ts';
import { quantiseQ8_0 } from './quantise.ts';

/** Form in which values of a type are written: in blocks, one after the other, little-endian. */
export interface FloatEncoder {
  /** Values in a block. */
  values: number;
  /** Bytes of a block. */
  bytes: number;
  /** Rounds whole blocks of float32 values to the type. */
  encode(values: Float32Array): ArrayBufferView;
}

/** The types of real numbers that are written, by the names that safetensors and GGUF give them. */
export const FLOAT_ENCODERS = {
  F32: { values: 1, bytes: 4, encode: values => values },
  F16: { values: 1, bytes: 2, encode: toHalf },
  BF16: { values: 1, bytes: 2, encode: toBfloat16 },
  Q8_0: { values: 32, bytes: 34, encode: quantiseQ8_0 },
} as const satisfies Readonly<Record<string, FloatEncoder>>;

/** Types that safetensors holds, which has none in blocks of several values. */
export type ElementType = 'F32' | 'F16' | 'BF16';
