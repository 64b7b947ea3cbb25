import { BLOCK } from './block-quants.ts';
import { toHalf } from './half.ts';

const { fround, abs } = Math;

/**
 * Quantises whole blocks of 32 values to 34 bytes each: a half-precision scale, 32 signed bytes. The bytes are those
 * that llama.cpp writes.
 *
 * @see https://github.com/ggml-org/ggml/blob/master/src/ggml-quants.c
 */
export function quantiseQ8_0(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array((values.length / BLOCK) * 34);
  const scales = new Float32Array(values.length / BLOCK);
  for (let block = 0; block < scales.length; block++) {
    let largest = 0;
    for (let i = 0; i < BLOCK; i++) largest = Math.max(largest, abs(values[block * BLOCK + i] ?? 0));
    const scale = fround(largest / 127);
    const inverse = scale === 0 ? 0 : fround(1 / scale);
    for (let i = 0; i < BLOCK; i++)
      bytes[block * 34 + 2 + i] = roundAway(fround((values[block * BLOCK + i] ?? 0) * inverse));
    scales[block] = scale;
  }
  const halves = new Uint8Array(toHalf(scales).buffer);
  for (let block = 0; block < scales.length; block++)
    bytes.set(halves.subarray(2 * block, 2 * block + 2), block * 34);
  return bytes;
}

/** Rounds to the nearest whole number, halves away from zero, as C's `roundf`. */
function roundAway(value: number): number {
  return value < 0 ? -Math.round(-value) : Math.round(value);
}
