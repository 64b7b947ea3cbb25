import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/stats/index.ts';

// The literals come from an implementation in Python, whose parts give the published vectors of
// xoshiro128** 1.1 (state 1, 2, 3, 4: 11520, 0, 5927040, …) and SplitMix64 (seed 1234567: 6457827717110365317, …).
describe('seededRandom', () => {
  it.each([
    [0, [0.870254774404272, 0.6697971505310978, 0.3616586206733957]],
    [1, [0.3946724931250869, 0.1477500889354657, 0.16688351314326166]],
    [-1, [0.11122081116347982, 0.12938300625619603, 0.014282055722108056]],
    [Number.MAX_SAFE_INTEGER, [0.2871189810310325, 0.1540904543499252, 0.6056109088751621]],
    ['world/7', [0.6969172166896787, 0.6997143464069231, 0.8869887348097837]],
    ['é', [0.17021418888478357, 0.9983713974174407, 0.5491748010569532]],
  ])('gives the reference numbers for the seed %j', (seed, expected) => {
    const { next } = seededRandom(seed);
    expect([next(), next(), next()]).toEqual(expected);
  });

  it('draws integers, drawing again where the modulo would be biased', () => {
    const die = seededRandom(0);
    expect(Array.from({ length: 10 }, () => die.integer(6))).toEqual([1, 1, 2, 3, 0, 0, 0, 0, 3, 3]);
    const large = seededRandom(0);
    // 3737715805, the first word of this seed, lies above the largest multiple of the bound.
    expect(Array.from({ length: 4 }, () => large.integer(3e9))).toEqual([
      2584255861, 2876756834, 1553311962, 1625202774,
    ]);
  });

  it('draws every face of a die about equally often', () => {
    const { integer } = seededRandom('die');
    const faces = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 60_000; i++) {
      const face = integer(6);
      faces[face] = (faces[face] ?? 0) + 1;
    }
    const chiSquare = faces.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(20.5); // the 99.9 % point of χ² with 5 degrees of freedom
  });

  it('shuffles a copy', () => {
    const letters = [...'abcdefg'];
    expect(seededRandom(7).shuffle(letters).join('')).toBe('fbgaced');
    expect(letters.join('')).toBe('abcdefg');
    expect(seededRandom(7).shuffle([])).toEqual([]);
  });

  it('chooses with the same draws as integer', () => {
    const { choose } = seededRandom(0);
    expect([choose('abcdef'.split('')), choose('abcdef'.split('')), choose('abcdef'.split(''))]).toEqual([
      'b',
      'b',
      'c',
    ]);
  });

  it('draws normal deviates with mean 0 and standard deviation 1', () => {
    const { normal } = seededRandom(0);
    expect(normal()).toBeCloseTo(-0.9758715496370002, 12);
    expect(normal()).toBeCloseTo(0.05468463102191066, 12);
    const draws = Array.from({ length: 40_000 }, normal);
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });

  it('refuses a seed, a bound or an array that it cannot use', () => {
    expect(() => seededRandom(0.5)).toThrow('Cannot seed a random generator');
    expect(() => seededRandom(Number.NaN)).toThrow('found NaN');
    expect(() => seededRandom(2 ** 53)).toThrow('found 9007199254740992');
    expect(() => seededRandom(0).integer(0)).toThrow('Cannot draw an integer below 0');
    expect(() => seededRandom(0).integer(2 ** 32 + 1)).toThrow(RangeError);
    expect(() => seededRandom(0).choose([])).toThrow('must not be empty');
  });
});
