import {
  BLOCK,
  type Dequantise,
  dequantiseQ4_0,
  dequantiseQ4_1,
  dequantiseQ5_0,
  dequantiseQ5_1,
  dequantiseQ8_0,
} from './block-quants.ts';
import { fromBfloat16, fromHalf } from './half.ts';
import { dequantiseIQ4_NL, dequantiseIQ4_XS } from './iq4-quants.ts';
import {
  dequantiseQ2_K,
  dequantiseQ3_K,
  dequantiseQ4_K,
  dequantiseQ5_K,
  dequantiseQ6_K,
  SUPER_BLOCK,
} from './k-quants.ts';

/** Layout of the real numbers of one type in a file: in blocks, one after the other, little-endian. */
export interface FloatType {
  /** Values in a block. */
  values: number;
  /** Bytes of a block. */
  bytes: number;
  /** Turns whole blocks into float32 values; `bytes` starts at a multiple of 8 in its buffer. */
  decode: Dequantise;
}

/**
 * The types of real numbers that are read, by the names that safetensors and GGUF give them. A quantised type
 * gives the values that Python's package `gguf` gives, bit for bit.
 *
 * @see https://github.com/ggml-org/ggml/blob/master/src/ggml-common.h
 */
export const FLOAT_TYPES: Readonly<Record<string, FloatType>> = {
  F64: { values: 1, bytes: 8, decode: (bytes, values) => values.set(view(Float64Array, bytes)) },
  F32: { values: 1, bytes: 4, decode: (bytes, values) => values.set(view(Float32Array, bytes)) },
  F16: { values: 1, bytes: 2, decode: (bytes, values) => fromHalf(view(Uint16Array, bytes), values) },
  BF16: { values: 1, bytes: 2, decode: (bytes, values) => fromBfloat16(view(Uint16Array, bytes), values) },
  Q8_0: { values: BLOCK, bytes: 34, decode: dequantiseQ8_0 },
  Q4_0: { values: BLOCK, bytes: 18, decode: dequantiseQ4_0 },
  Q4_1: { values: BLOCK, bytes: 20, decode: dequantiseQ4_1 },
  Q5_0: { values: BLOCK, bytes: 22, decode: dequantiseQ5_0 },
  Q5_1: { values: BLOCK, bytes: 24, decode: dequantiseQ5_1 },
  Q2_K: { values: SUPER_BLOCK, bytes: 84, decode: dequantiseQ2_K },
  Q3_K: { values: SUPER_BLOCK, bytes: 110, decode: dequantiseQ3_K },
  Q4_K: { values: SUPER_BLOCK, bytes: 144, decode: dequantiseQ4_K },
  Q5_K: { values: SUPER_BLOCK, bytes: 176, decode: dequantiseQ5_K },
  Q6_K: { values: SUPER_BLOCK, bytes: 210, decode: dequantiseQ6_K },
  IQ4_NL: { values: BLOCK, bytes: 18, decode: dequantiseIQ4_NL },
  IQ4_XS: { values: SUPER_BLOCK, bytes: 136, decode: dequantiseIQ4_XS },
};

interface NumberArray<T> {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
  BYTES_PER_ELEMENT: number;
}

function view<T>(type: NumberArray<T>, bytes: Uint8Array): T {
  return new type(bytes.buffer, bytes.byteOffset, bytes.length / type.BYTES_PER_ELEMENT);
}
