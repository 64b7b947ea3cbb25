import { halfAt } from './half.ts';

/** Turns whole blocks of one quantised type into float32 values, in their order. */
export type Dequantise = (bytes: Uint8Array, values: Float32Array) => void;

/** Values in a block of the types that have one scale a block. */
export const BLOCK = 32;

const { fround } = Math;

/** 34 bytes a block: a half-precision scale, 32 signed bytes. */
export const dequantiseQ8_0: Dequantise = (bytes, values) => {
  for (let at = 0, to = 0; at < bytes.length; at += 34, to += BLOCK) {
    const scale = halfAt(bytes, at);
    for (let i = 0; i < BLOCK; i++) values[to + i] = scale * (((bytes[at + 2 + i] as number) << 24) >> 24);
  }
};

/** 18 bytes a block: a half-precision scale, 32 times 4 bits less 8. */
export const dequantiseQ4_0: Dequantise = (bytes, values) => nibbles(bytes, values, { middle: 8 });

/** 20 bytes a block: a half-precision scale and minimum, 32 times 4 bits. */
export const dequantiseQ4_1: Dequantise = (bytes, values) => nibbles(bytes, values, { minimum: true });

/** 22 bytes a block: a half-precision scale, 32 fifth bits, 32 times 4 bits less 16. */
export const dequantiseQ5_0: Dequantise = (bytes, values) =>
  nibbles(bytes, values, { fifth: true, middle: 16 });

/** 24 bytes a block: a half-precision scale and minimum, 32 fifth bits, 32 times 4 bits. */
export const dequantiseQ5_1: Dequantise = (bytes, values) =>
  nibbles(bytes, values, { fifth: true, minimum: true });

interface NibbleLayout {
  /** True if a minimum follows the scale. */
  minimum?: boolean;
  /** True if 32 more bits come before the nibbles, each the fifth of a value. */
  fifth?: boolean;
  /** Offset that is taken off each value before it is scaled. */
  middle?: number;
}

/** Reads the nibbles of a block: the sixteen low ones are its first half, the high ones its second. */
function nibbles(
  bytes: Uint8Array,
  values: Float32Array,
  { minimum = false, fifth = false, middle = 0 }: NibbleLayout,
): void {
  const head = 2 + (minimum ? 2 : 0);
  const low = head + (fifth ? 4 : 0);
  for (let at = 0, to = 0; at < bytes.length; at += low + 16, to += BLOCK) {
    const scale = halfAt(bytes, at);
    // To add -0 changes nothing; to add 0 would make -0 of a product 0.
    const least = minimum ? halfAt(bytes, at + 2) : -0;
    for (let i = 0; i < 16; i++) {
      const pair = bytes[at + low + i] as number;
      const first = (pair & 15) | (fifth ? fifthBit(bytes, at + head, i) : 0);
      const second = (pair >> 4) | (fifth ? fifthBit(bytes, at + head, i + 16) : 0);
      values[to + i] = fround(scale * (first - middle)) + least;
      values[to + 16 + i] = fround(scale * (second - middle)) + least;
    }
  }
}

function fifthBit(bytes: Uint8Array, at: number, i: number): number {
  return (((bytes[at + (i >> 3)] as number) >> (i & 7)) & 1) << 4;
}
