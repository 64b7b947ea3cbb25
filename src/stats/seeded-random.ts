import { hash64 } from './hash64.ts';

/** A source of random numbers that repeats itself exactly for the same seed. */
export interface Random {
  /** Draws uniformly from [0, 1), 53 bits. */
  next(): number;
  /**
   * Draws an integer uniformly from [0, n), without modulo bias.
   *
   * @throws {RangeError} unless n is an integer from 1 to 2^32.
   */
  integer(n: number): number;
  /** Returns a shuffled copy (Fisher–Yates). */
  shuffle<T>(array: readonly T[]): T[];
  /**
   * Draws one element, each equally likely.
   *
   * @throws {RangeError} if the array is empty.
   */
  choose<T>(array: readonly T[]): T;
  /** Draws a standard normal deviate (Box–Muller, the cosine half). */
  normal(): number;
}

const TWO_32 = 2 ** 32;
const MASK_64 = (1n << 64n) - 1n;

/**
 * Creates the generator xoshiro128** 1.1, its state filled by SplitMix64 as its authors recommend. A text seeds
 * through its 64-bit FNV-1a hash, so `seededRandom('world/7')` names an independent stream.
 *
 * @param seed an integer, taken modulo 2^64, or any text.
 * @throws {RangeError} if a number is no safe integer.
 * @see Blackman & Vigna 2021, Scrambled Linear Pseudorandom Number Generators, https://prng.di.unimi.it
 */
export function seededRandom(seed: number | string): Random {
  const bits = generator(seed);

  function next(): number {
    const high = bits() >>> 5;
    return (high * 2 ** 26 + (bits() >>> 6)) / 2 ** 53;
  }

  function integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > TWO_32) {
      throw new RangeError(`Cannot draw an integer below ${n}: the bound must be an integer from 1 to 2^32`);
    }
    const limit = TWO_32 - (TWO_32 % n);
    let drawn = bits();
    while (drawn >= limit) drawn = bits();
    return drawn % n;
  }

  function shuffle<T>(array: readonly T[]): T[] {
    const copy = [...array];
    for (let last = copy.length - 1; last > 0; last--) {
      const other = integer(last + 1);
      [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
    }
    return copy;
  }

  function choose<T>(array: readonly T[]): T {
    if (array.length === 0) throw new RangeError('Cannot choose an element: the array must not be empty');
    return array[integer(array.length)] as T;
  }

  function normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    return radius * Math.cos(2 * Math.PI * next());
  }

  return { next, integer, shuffle, choose, normal };
}

/** Creates the bare generator: each call returns the next 32 bits, unsigned. */
function generator(seed: number | string): () => number {
  if (typeof seed === 'number' && !Number.isSafeInteger(seed)) {
    throw new RangeError(
      `Cannot seed a random generator: the seed must be a text or a safe integer, found ${seed}`,
    );
  }
  const mix = splitmix64(typeof seed === 'number' ? BigInt.asUintN(64, BigInt(seed)) : hash64(seed));
  const [first, second] = [mix(), mix()];
  let s0 = Number(first & 0xffffffffn) | 0;
  let s1 = Number(first >> 32n) | 0;
  let s2 = Number(second & 0xffffffffn) | 0;
  let s3 = Number(second >> 32n) | 0;

  return () => {
    const scrambled = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9);
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotateLeft(s3, 11);
    return scrambled >>> 0;
  };
}

/** Creates SplitMix64, the generator that spreads one 64-bit seed over a larger state. */
function splitmix64(seed: bigint): () => bigint {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK_64;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK_64;
    return z ^ (z >> 31n);
  };
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
