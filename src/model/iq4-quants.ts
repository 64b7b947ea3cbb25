import { BLOCK, type Dequantise } from './block-quants.ts';
import { halfAt } from './half.ts';
import { SUPER_BLOCK } from './k-quants.ts';

/** Values that 4 bits represent, before they are scaled: closer to one another near 0. */
const LEVELS = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113] as const;

const { fround } = Math;

/** 18 bytes a block: a half-precision scale, 32 times 4 bits. */
export const dequantiseIQ4_NL: Dequantise = (bytes, values) => {
  for (let at = 0, to = 0; at < bytes.length; at += 18, to += BLOCK) {
    levels(bytes, at + 2, values, to, halfAt(bytes, at));
  }
};

/** 136 bytes a block: the half that scales the scales, 8 scales of 6 bits, 256 times 4 bits. */
export const dequantiseIQ4_XS: Dequantise = (bytes, values) => {
  for (let at = 0, to = 0; at < bytes.length; at += 136, to += SUPER_BLOCK) {
    const scale = halfAt(bytes, at);
    const highBits = (bytes[at + 2] as number) | ((bytes[at + 3] as number) << 8);
    for (let part = 0; part < 8; part++) {
      const low = ((bytes[at + 4 + (part >> 1)] as number) >> (4 * (part & 1))) & 15;
      const high = (highBits >> (2 * part)) & 3;
      const step = fround(scale * ((low | (high << 4)) - 32));
      levels(bytes, at + 8 + 16 * part, values, to + BLOCK * part, step);
    }
  }
};

/** Reads 32 values of 4 bits: the sixteen low ones of the bytes are the first half, the high ones the second. */
function levels(bytes: Uint8Array, from: number, values: Float32Array, to: number, step: number): void {
  for (let i = 0; i < BLOCK / 2; i++) {
    const both = bytes[from + i] as number;
    values[to + i] = step * (LEVELS[both & 15] as number);
    values[to + i + BLOCK / 2] = step * (LEVELS[both >> 4] as number);
  }
}
