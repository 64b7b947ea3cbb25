/**
 * Computes the FNV-1a hash of a text's UTF-8 bytes, 64 bits. Fast and stable across machines; not for security. A
 * lone surrogate counts as U+FFFD, as in every UTF-8 encoder of the web platform.
 *
 * @returns unsigned, below 2^64.
 * @see Fowler, Noll & Vo, FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function hash64(text: string): bigint {
  // The offset basis cbf29ce484222325 in four limbs of 16 bits, lowest first: three times as fast as BigInt,
  // which counts where all answers of a comparison are hashed.
  let a = 0x2325;
  let b = 0x8422;
  let c = 0x9ce4;
  let d = 0xcbf2;
  for (const byte of new TextEncoder().encode(text)) {
    a ^= byte;
    // Times the prime 2^40 + 0x1b3: the second term multiplies each limb, the first moves up by 40 bits.
    const a1 = a * 0x1b3;
    const b1 = b * 0x1b3 + (a1 >>> 16);
    const c1 = c * 0x1b3 + (a << 8) + (b1 >>> 16);
    const d1 = d * 0x1b3 + (b << 8) + (c1 >>> 16);
    a = a1 & 0xffff;
    b = b1 & 0xffff;
    c = c1 & 0xffff;
    d = d1 & 0xffff;
  }
  return (BigInt(d) << 48n) | (BigInt(c) << 32n) | (BigInt(b) << 16n) | BigInt(a);
}
