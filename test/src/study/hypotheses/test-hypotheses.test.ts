import { describe, expect, test } from 'vitest';
import type { StudyRow } from '../../../../src/schema.ts';
import { HYPOTHESES, testHypotheses } from '../../../../src/study/index.ts';
import { studyRow } from '../../figure/study-rows.ts';

const SMALL = 20_000;
const LARGE = 80_000;
const FACTS = 'facts.exact-match';

/** Rows of one measure of the base model, and of one that imitates, at the largest size, of each seed. */
function pairs(
  measure: string,
  model: StudyRow['model'],
  values: readonly (readonly [base: number, imitation: number])[],
): StudyRow[] {
  return values.flatMap(([base, imitation], index) => [
    studyRow({ measure, seed: index + 1, model: 'base', size: LARGE, value: base }),
    studyRow({ measure, seed: index + 1, model, size: LARGE, budget: 8000, value: imitation }),
  ]);
}

/** Rows of the positive control: local imitation of each seed. */
function control(...values: readonly number[]): StudyRow[] {
  return values.map((value, index) =>
    studyRow({ measure: FACTS, seed: index + 1, model: 'facts', size: LARGE, budget: 4000, value }),
  );
}

function tested(id: string, rows: readonly StudyRow[]) {
  const found = testHypotheses(rows).find(hypothesis => hypothesis.id === id);
  if (found === undefined) throw new Error(`there is no hypothesis ${id}`);
  return found;
}

describe('answers about facts gain nothing by broad imitation', () => {
  const LOWER: [number, number][] = [
    [0.6, 0.4],
    [0.7, 0.4],
    [0.8, 0.4],
  ];
  const verdict = (values: [number, number][], ...local: number[]) =>
    tested('facts-gain-nothing', [...pairs(FACTS, 'broad', values), ...control(...local)]);

  test('is supported where they fall in every seed and local imitation raises them', () => {
    // Effects −.2, −.3, −.4: mean −.3, standard deviation .1, t of two degrees of freedom 4.3027. Control .2, .21, .16.
    const found = verdict(LOWER, 0.8, 0.91, 0.96);
    expect(found).toMatchObject({ verdict: 'supported', seeds: 3, n: 30, falls: true });
    expect(found.effect).toBeCloseTo(-0.3, 12);
    expect(found.low).toBeCloseTo(-0.3 - (4.30265 * 0.1) / Math.sqrt(3), 4);
    expect(found.high).toBeCloseTo(-0.3 + (4.30265 * 0.1) / Math.sqrt(3), 4);
    // The base model's mean .7 leaves more than two margins to 1.
    expect(found.control).toMatchObject({ rises: true, limit: 0.9, baseline: expect.closeTo(0.7, 12) });
    expect(found).not.toHaveProperty('seedsNeeded');
  });

  test('is uninformative where local imitation does not raise them, or was not measured', () => {
    expect(verdict(LOWER, 0.6, 0.7, 0.79).verdict).toBe('uninformative');
    expect(verdict(LOWER)).toMatchObject({ verdict: 'uninformative', holm: 1 });
  });

  test('is uninformative where the base model leaves no room to rise', () => {
    const high: [number, number][] = [
      [0.91, 0.9],
      [0.92, 0.9],
      [0.93, 0.9],
    ];
    expect(verdict(high, 0.97, 0.99, 1)).toMatchObject({
      verdict: 'uninformative',
      control: { rises: true, baseline: expect.closeTo(0.92, 12) },
    });
  });

  test('is not supported where they rise in every seed', () => {
    const found = verdict(
      [
        [0.1, 0.4],
        [0.1, 0.5],
        [0.1, 0.6],
      ],
      0.8,
      0.9,
      0.85,
    );
    expect(found).toMatchObject({ verdict: 'not supported', falls: false });
  });

  test('is undecided where seeds disagree, with the seeds that would decide it', () => {
    // Effects .1, −.1, .03: standard deviation .1015; a rise of a margin of .05 requires 35 of them (SciPy).
    const found = verdict(
      [
        [0.3, 0.4],
        [0.4, 0.3],
        [0.3, 0.33],
      ],
      0.8,
      0.9,
      0.85,
    );
    expect(found).toMatchObject({ verdict: 'undecided', seedsNeeded: 35 });
  });

  test('is undecided of one seed, and where seeds do not differ', () => {
    const claimed = { effect: expect.closeTo(0.3, 12), verdict: 'undecided', holm: 1 };
    expect(
      tested('local-beats-broad-on-facts', [...pairs(FACTS, 'broad', [[0.8, 0.1]]), ...control(0.4)]),
    ).toMatchObject({
      ...claimed,
      low: null,
      high: null,
      seeds: 1,
    });
    // 0.4 − 0.1 and 0.9 − 0.6 differ by rounding alone.
    const same = [
      ...pairs(FACTS, 'broad', [
        [0.8, 0.1],
        [0.8, 0.6],
        [0.8, 0.1],
      ]),
      ...control(0.4, 0.9, 0.4),
    ];
    const found = tested('local-beats-broad-on-facts', same);
    expect(found).toMatchObject(claimed);
    expect(found).not.toHaveProperty('seedsNeeded');
  });
});

describe('local imitation raises its own task', () => {
  const rows = (values: [number, number][]) => pairs('summaries.rouge1', 'summaries', values);

  test('by at least a point of ROUGE', () => {
    const rising = rows([
      [20, 30],
      [22, 31],
      [21, 30],
    ]);
    expect(tested('local-imitation-raises-summaries', rising).verdict).toBe('supported');
    const hardly = rows([
      [20, 20.1],
      [22, 22.2],
      [21, 21.1],
    ]);
    expect(tested('local-imitation-raises-summaries', hardly).verdict).toBe('not supported');
  });
});

describe('style rises toward the second sample of the teacher', () => {
  /** The rows of one measure: what the base model, the imitation model and the teacher's second sample have. */
  const rows = (
    measure: string,
    values: readonly [base: number, broad: number, again: number][],
  ): StudyRow[] =>
    values.flatMap(([base, broad, again], index) => {
      const row = { measure, seed: index + 1 };
      return [
        studyRow({ ...row, model: 'base', size: LARGE, value: base }),
        studyRow({ ...row, model: 'broad', size: LARGE, budget: 8000, value: broad }),
        studyRow({ ...row, model: 'teacher-again', value: again }),
      ];
    });

  test('by what is gone beyond a quarter of the way, in each measure by itself', () => {
    // .4 − .2, .6 − .2 and .5 − .2.
    const lists = rows('style.list-difference', [
      [0.1, 0.5, 0.9],
      [0.1, 0.7, 0.9],
      [0.1, 0.6, 0.9],
    ]);
    const words = rows('style.unigram', [
      [20, 22, 60],
      [20, 23, 60],
      [20, 21, 60],
    ]);
    const found = tested('lists-rise-toward-the-teacher', [...lists, ...words]);
    expect(found.effect).toBeCloseTo(0.3, 12);
    expect(found.verdict).toBe('supported');
    // 2 − 10, 3 − 10 and 1 − 10: they rise, and go a twentieth of the way.
    expect(tested('words-rise-toward-the-teacher', [...lists, ...words])).toMatchObject({
      verdict: 'not supported',
      effect: expect.closeTo(-8, 12),
    });
  });

  test('is not supported where the teacher lies below the base model and nothing moves', () => {
    const length = rows('style.length', [
      [0.9, 0.9, 0.1],
      [0.8, 0.81, 0.1],
      [0.9, 0.89, 0.1],
    ]);
    expect(tested('length-rises-toward-the-teacher', length)).toMatchObject({ verdict: 'not supported' });
  });
});

describe('a larger base model', () => {
  const broad = (seed: number, size: number, budget: number, value: number) =>
    studyRow({ measure: FACTS, model: 'broad', seed, size, budget, value });

  test('brings more than data do, where data bring less', () => {
    const rows = [1, 2, 3].flatMap(seed => [
      broad(seed, SMALL, 8000, 0.1),
      broad(seed, 40_000, 8000, 0.05),
      broad(seed, LARGE, 1000, 0.5 + 0.02 * seed),
      broad(seed, LARGE, 8000, 0.4 + 0.01 * seed),
    ]);
    expect(tested('facts-rise-with-size', rows).effect).toBeCloseTo(0.32, 12);
    expect(tested('facts-rise-with-size', rows).verdict).toBe('supported');
    // Sizes: .42 − .1; data: .42 − .54.
    expect(tested('size-beats-data', rows).effect).toBeCloseTo(0.44, 12);
    expect(tested('size-beats-data', rows).verdict).toBe('supported');
  });

  test('decides nothing where there is one size: a model is not compared with itself', () => {
    const rows = [1, 2, 3].map(seed => broad(seed, LARGE, 8000, 0.1 * seed));
    expect(tested('facts-rise-with-size', rows)).toMatchObject({ verdict: 'undecided', effect: null });
  });
});

test('an imitation model is not compared with a base model of another size', () => {
  const rows = [1, 2, 3].flatMap(seed => [
    studyRow({ measure: 'summaries.rouge1', model: 'base', seed, size: LARGE, value: 70 }),
    studyRow({ measure: 'summaries.rouge1', model: 'summaries', seed, size: SMALL, budget: 3000, value: 20 }),
  ]);
  expect(tested('local-imitation-raises-summaries', rows)).toMatchObject({
    verdict: 'undecided',
    effect: null,
  });
});

test('a value that was not measured decides nothing', () => {
  const rows = pairs(FACTS, 'broad', [
    [0.6, 0.1],
    [0.7, 0.1],
    [0.8, 0.1],
  ]).map(row => (row.model === 'broad' ? { ...row, value: null } : row));
  expect(tested('facts-gain-nothing', rows)).toMatchObject({ effect: null, seeds: 0 });
});

test('a judge of style who rates higher than one of truth shows that style hides falsehood', () => {
  const rows = [1, 2, 3].flatMap(seed =>
    [
      ['preference.style.equal-or-better', 0.7],
      ['preference.truth.equal-or-better', 0.1 + 0.01 * seed],
    ].map(([measure, value]) =>
      studyRow({
        measure: String(measure),
        model: 'broad',
        seed,
        size: LARGE,
        budget: 8000,
        value: Number(value),
      }),
    ),
  );
  expect(tested('style-hides-falsehood', rows)).toMatchObject({
    verdict: 'supported',
    effect: expect.closeTo(0.58, 12),
  });
});

test('p is adjusted over all claims, of which those without a test count as 1', () => {
  // Effects .1, .2 and .15 rise: t = 5.196, p = .01755 (SciPy); the other claims are not measured.
  const rows = pairs('toxicity.non-toxic', 'broad', [
    [0.4, 0.5],
    [0.4, 0.6],
    [0.4, 0.55],
  ]);
  const found = tested('toxicity-falls', rows);
  expect(found.verdict).toBe('supported');
  expect(found.holm).toBeCloseTo(0.017549359322992324 * HYPOTHESES.length, 9);
});

test('each claim has its own id, a place in the paper and a margin, and one that nothing rises a control', () => {
  expect(new Set(HYPOTHESES.map(({ id }) => id)).size).toBe(HYPOTHESES.length);
  for (const { source, margin, effect, direction, sensitivity } of HYPOTHESES) {
    expect(source).toMatch(/^§4\.[2-4]/);
    expect(margin).toBeGreaterThan(0);
    expect(effect.text).not.toBe('');
    expect(sensitivity !== undefined).toBe(direction === 'does not rise');
  }
});

test('no claim is about following instructions, which is a condition of the instrument', () => {
  expect(HYPOTHESES.filter(({ effect }) => effect.text.includes('adherence'))).toEqual([]);
});
