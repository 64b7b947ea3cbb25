import type { Dequantise } from './block-quants.ts';
import { halfAt } from './half.ts';

/** Values in a block of the K types, whose parts of 16 or 32 have scales of their own, quantised in turn. */
export const SUPER_BLOCK = 256;

const { fround } = Math;

/** 84 bytes a block: 16 scales and minima of 4 bits, 256 times 2 bits, the halves that scale both. */
export const dequantiseQ2_K: Dequantise = (bytes, values) => {
  for (let at = 0, to = 0; at < bytes.length; at += 84, to += SUPER_BLOCK) {
    const scale = halfAt(bytes, at + 80);
    const minimum = halfAt(bytes, at + 82);
    for (let part = 0; part < 16; part++) {
      const both = bytes[at + part] as number;
      const step = fround(scale * (both & 15));
      const least = fround(minimum * (both >> 4));
      const from = at + 16 + twoBitsAt(part);
      const shift = part & 6;
      for (let i = 0; i < 16; i++) {
        const quant = ((bytes[from + i] as number) >> shift) & 3;
        values[to + part * 16 + i] = fround(step * quant) - least;
      }
    }
  }
};

/** 110 bytes a block: 256 third bits, 256 times 2 bits, 16 scales of 6 bits, the half that scales them. */
export const dequantiseQ3_K: Dequantise = (bytes, values) => {
  for (let at = 0, to = 0; at < bytes.length; at += 110, to += SUPER_BLOCK) {
    const scale = halfAt(bytes, at + 108);
    for (let part = 0; part < 16; part++) {
      const low = (bytes[at + 96 + (part & 7)] as number) >> (part < 8 ? 0 : 4);
      const high = (bytes[at + 104 + (part & 3)] as number) >> (2 * (part >> 2));
      const step = fround(scale * (((low & 15) | ((high & 3) << 4)) - 32));
      const from = at + 32 + twoBitsAt(part);
      const third = at + 16 * (part & 1);
      for (let i = 0; i < 16; i++) {
        const quant = ((bytes[from + i] as number) >> (part & 6)) & 3;
        const above = ((bytes[third + i] as number) >> (part >> 1)) & 1;
        values[to + part * 16 + i] = step * (quant - (above ? 0 : 4));
      }
    }
  }
};

/** 144 bytes a block: the halves that scale 8 scales and 8 minima of 6 bits, these, 256 times 4 bits. */
export const dequantiseQ4_K: Dequantise = (bytes, values) => scaledNibbles(bytes, values, false);

/** 176 bytes a block: as Q4_K, with 256 fifth bits before the nibbles. */
export const dequantiseQ5_K: Dequantise = (bytes, values) => scaledNibbles(bytes, values, true);

/** 210 bytes a block: 256 times 4 bits, 256 times 2 bits above these, 16 scale bytes, the half that scales them. */
export const dequantiseQ6_K: Dequantise = (bytes, values) => {
  for (let at = 0, to = 0; at < bytes.length; at += 210, to += SUPER_BLOCK) {
    const scale = halfAt(bytes, at + 208);
    for (let part = 0; part < 16; part++) {
      const step = fround(scale * (((bytes[at + 192 + part] as number) << 24) >> 24));
      // Each half of the block has 64 bytes of nibbles, low ones first, and 32 bytes of upper bits.
      const half = part >> 3;
      const quarter = (part >> 1) & 3;
      const low = at + half * 64 + (quarter & 1) * 32 + (part & 1) * 16;
      const high = at + 128 + half * 32 + (part & 1) * 16;
      for (let i = 0; i < 16; i++) {
        const nibble = ((bytes[low + i] as number) >> (quarter < 2 ? 0 : 4)) & 15;
        const above = ((bytes[high + i] as number) >> (2 * quarter)) & 3;
        values[to + part * 16 + i] = step * ((nibble | (above << 4)) - 32);
      }
    }
  }
};

/** Finds the bytes of a part among 64 bytes that hold 256 times 2 bits: four parts share them. */
function twoBitsAt(part: number): number {
  return (part >> 3) * 32 + (part & 1) * 16;
}

function scaledNibbles(bytes: Uint8Array, values: Float32Array, fifth: boolean): void {
  const size = fifth ? 176 : 144;
  for (let at = 0, to = 0; at < bytes.length; at += size, to += SUPER_BLOCK) {
    const scale = halfAt(bytes, at);
    const minimum = halfAt(bytes, at + 2);
    for (let part = 0; part < 8; part++) {
      const step = fround(scale * sixBits(bytes, at + 4, part, 'scale'));
      const least = fround(minimum * sixBits(bytes, at + 4, part, 'minimum'));
      // Two parts share 32 bytes: the low nibbles are the first, the high ones the second.
      const from = at + size - 128 + (part >> 1) * 32;
      const shift = part & 1 ? 4 : 0;
      for (let i = 0; i < 32; i++) {
        const above = fifth ? (((bytes[at + 16 + i] as number) >> part) & 1) << 4 : 0;
        const quant = (((bytes[from + i] as number) >> shift) & 15) | above;
        values[to + part * 32 + i] = fround(step * quant) - least;
      }
    }
  }
}

/**
 * Reads the scale or the minimum of one part in eight, 6 bits, from twelve bytes: four for the scales, four for the
 * minima, four that they share. The first four parts have theirs whole; the others have their upper 2 bits above
 * those, and their lower 4 in the shared bytes, the scale's in the low nibble and the minimum's in the high.
 */
function sixBits(bytes: Uint8Array, at: number, part: number, kind: 'scale' | 'minimum'): number {
  const own = bytes[at + (kind === 'scale' ? 0 : 4) + (part & 3)] as number;
  if (part < 4) return own & 63;
  const shared = bytes[at + 8 + (part & 3)] as number;
  return (kind === 'scale' ? shared & 15 : shared >> 4) | ((own >> 6) << 4);
}
