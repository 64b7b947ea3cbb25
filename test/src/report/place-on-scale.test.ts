import { describe, expect, test } from 'vitest';
import { needed, placeOnScale, sideOfZero } from '../../../src/report/place-on-scale.ts';
import { seededRandom } from '../../../src/stats/index.ts';

const { normal } = seededRandom('scale');
const noise = (n: number, spread: number) => Array.from({ length: n }, () => spread * normal());

/** A student at `at` of the way from 0 to 1, with noise of its own. */
const placed = (at: number, { n = 200, spread = 0.2, length = 1 } = {}) => {
  const base = noise(n, 0.1);
  return placeOnScale(
    {
      student: noise(n, spread).map((value, i) => value + (base[i] ?? 0) + at * length),
      base,
      teacher: base.map(value => value + length),
    },
    { resamples: 500 },
  );
};

describe('the label', () => {
  test.each([
    [-0.5, 'other'],
    [0, 'like-base'],
    [0.5, 'between'],
    [1, 'like-teacher'],
    [1.5, 'like-teacher'],
  ] as const)('of a student at %s of the way is %s', (at, label) => {
    expect(placed(at).label).toBe(label);
  });

  test('does not depend on which end of the measure is the higher one', () => {
    expect(placed(0, { length: -1 })).toMatchObject({ label: 'like-base' });
    expect(placed(1, { length: -1 })).toMatchObject({ label: 'like-teacher' });
    expect(placed(1, { length: -1 }).scale.value).toBeCloseTo(1, 9);
  });

  test('is undecided at a boundary, with the number of prompts that would decide', () => {
    const { label, n_needed, reason, position } = placed(0.7, { n: 40, spread: 0.5 });
    expect(label).toBe('undecided');
    expect(reason).toBe('the interval holds 0.75 of the way from base to teacher');
    expect(position.n).toBe(40);
    expect(n_needed === null || (n_needed ?? 0) > 40).toBe(true);
  });

  test('is undecided where teacher and base are the same', () => {
    const same = noise(50, 1);
    expect(
      placeOnScale({ student: noise(50, 1), base: same, teacher: same }, { resamples: 50 }),
    ).toMatchObject({
      label: 'undecided',
      reason: 'the teacher cannot be distinguished from the base',
      n_needed: null,
      position: { value: null, low: null, high: null, n: 50 },
    });
  });

  test('is undecided of fewer than 30 prompts, however clear they are', () => {
    const base = Array<number>(29).fill(0);
    const teacher = Array<number>(29).fill(1);
    expect(placeOnScale({ student: teacher, base, teacher }, { resamples: 50 })).toMatchObject({
      label: 'undecided',
      n_needed: 30,
    });
  });
});

test('needed() is (2.8 sd / mean)², and null beyond a hundred times as many', () => {
  // Mean 0.5, sd √(1/3 · 4 · 0.25) = 0.577: (2.8 · 0.577 / 0.5)² = 10.45.
  expect(needed(Float64Array.of(0, 1, 0, 1))).toBe(11);
  expect(needed(Float64Array.of(1, -1))).toBeNull();
  expect(needed(Float64Array.of(100, -99.9))).toBeNull();
  expect(needed(Float64Array.of(1))).toBeNull();
});

test('sideOfZero() is 0 of an interval that touches 0 or has no bounds', () => {
  expect(sideOfZero({ low: 0.1, high: 1 })).toBe(1);
  expect(sideOfZero({ low: -1, high: -0.1 })).toBe(-1);
  expect(sideOfZero({ low: 0, high: 1 })).toBe(0);
  expect(sideOfZero({ low: null, high: null })).toBe(0);
});

test('lists of different lengths are refused', () => {
  expect(() => placeOnScale({ student: [1], base: [1, 2], teacher: [1] })).toThrow(
    'Cannot place on a scale: the lists must be equally long, found 1, 2 and 1',
  );
});

test('noise around the base is called like the teacher in hardly any case', () => {
  const labels = Array.from({ length: 100 }, () => placed(0, { n: 60, spread: 1 }).label);
  expect(labels.filter(label => label === 'like-teacher').length).toBeLessThanOrEqual(2);
  expect(labels.filter(label => label === 'like-base').length).toBeGreaterThan(30);
});
