/** The value of each of the 65,536 half-precision numbers (IEEE 754 binary16), by its bits. */
const HALVES = Float32Array.from({ length: 1 << 16 }, (_, bits) => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent ? sign * 2 ** (exponent - 25) * (0x400 + fraction) : sign * 2 ** -24 * fraction;
});

/** Reads the half-precision number at a byte, little-endian. */
export function halfAt(bytes: Uint8Array, at: number): number {
  return HALVES[(bytes[at] as number) | ((bytes[at + 1] as number) << 8)] as number;
}

/** Converts half-precision numbers, as their bits, to float32; exact. */
export function fromHalf(bits: Uint16Array, values: Float32Array): void {
  for (let i = 0; i < bits.length; i++) values[i] = HALVES[bits[i] as number] as number;
}

/** Converts bfloat16 numbers, as their bits, to float32; exact, since they are the upper halves of float32. */
export function fromBfloat16(bits: Uint16Array, values: Float32Array): void {
  const wide = new Uint32Array(values.buffer, values.byteOffset, bits.length);
  for (let i = 0; i < bits.length; i++) wide[i] = (bits[i] as number) << 16;
}

/** Converts float32 to the bits of half precision, to the nearest, ties to even; beyond 65,504 infinite. */
export function toHalf(values: Float32Array): Uint16Array {
  const wide = bitsOf(values);
  const one = new Float32Array(1);
  const oneBits = new Uint32Array(one.buffer);
  return halves(wide, bits => {
    const sign = (bits >>> 16) & 0x8000;
    const magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) return sign | 0x7e00;
    if (magnitude >= 0x477ff000) return sign | 0x7c00;
    if (magnitude >= 0x38800000) return sign | (roundOff(magnitude, 13) - 0x1c000);
    // Below 2^-14 halves lie 2^-24 apart, as floats from 0.5 to 1 do: adding 0.5 rounds to one of them.
    oneBits[0] = magnitude;
    one[0] = (one[0] as number) + 0.5;
    return sign | ((oneBits[0] as number) - 0x3f000000);
  });
}

/** Converts float32 to the bits of bfloat16, to the nearest, ties to even. */
export function toBfloat16(values: Float32Array): Uint16Array {
  return halves(bitsOf(values), bits =>
    (bits & 0x7fffffff) > 0x7f800000 ? (bits >>> 16) | 0x40 : roundOff(bits, 16),
  );
}

/** `Uint16Array.from` does the same and takes several times as long. */
function halves(wide: Uint32Array, half: (bits: number) => number): Uint16Array {
  const narrow = new Uint16Array(wide.length);
  for (let i = 0; i < wide.length; i++) narrow[i] = half(wide[i] as number);
  return narrow;
}

function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}

/** Rounds the bits without their last few, to the nearest, ties to even. */
function roundOff(bits: number, last: number): number {
  return (bits + 2 ** (last - 1) - 1 + ((bits >>> last) & 1)) >>> last;
}
