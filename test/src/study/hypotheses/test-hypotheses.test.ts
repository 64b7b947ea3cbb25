import { describe, expect, test } from 'vitest';
import type { StudyRow } from '../../../../src/schema.ts';
import { HYPOTHESES, testHypotheses } from '../../../../src/study/index.ts';
import { studyRow } from '../../figure/study-rows.ts';

const SMALL = 20_000;
const LARGE = 80_000;

/** Rows of one measure at the largest size: the base model, and one that imitates, of each seed. */
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

function tested(id: string, rows: readonly StudyRow[]) {
  const found = testHypotheses(rows).find(hypothesis => hypothesis.id === id);
  if (found === undefined) throw new Error(`there is no hypothesis ${id}`);
  return found;
}

describe('answers about facts gain nothing by broad imitation', () => {
  const verdict = (...values: [number, number][]) =>
    tested('facts-gain-nothing', pairs('facts.exact-match', 'broad', values));

  test('is supported where they fall in every seed', () => {
    // Effects −0.2, −0.3, −0.4: mean −0.3, standard deviation 0.1, t of two degrees of freedom 4.3027.
    const found = verdict([0.6, 0.4], [0.7, 0.4], [0.8, 0.4]);
    expect(found).toMatchObject({ verdict: 'supported', seeds: 3, n: 30, direction: 'does not rise' });
    expect(found.effect).toBeCloseTo(-0.3, 12);
    expect(found.low).toBeCloseTo(-0.3 - (4.30265 * 0.1) / Math.sqrt(3), 4);
    expect(found.high).toBeCloseTo(-0.3 + (4.30265 * 0.1) / Math.sqrt(3), 4);
  });

  test('is not supported where they rise in every seed', () => {
    expect(verdict([0.1, 0.4], [0.1, 0.5], [0.1, 0.6]).verdict).toBe('not supported');
  });

  test('is undecided where seeds disagree, or there is only one', () => {
    expect(verdict([0.1, 0.6], [0.6, 0.1], [0.3, 0.35]).verdict).toBe('undecided');
    expect(verdict([0.8, 0.1])).toMatchObject({
      verdict: 'undecided',
      effect: expect.closeTo(-0.7, 12),
      low: null,
      high: null,
      seeds: 1,
    });
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
  /** One seed: what the base model, the imitation model and the teacher's second sample have. */
  const rows = (seed: number, base: number, broad: number, again: number): StudyRow[] =>
    ['style.list', 'style.summary', 'style.unigram', 'style.length'].flatMap(measure => {
      const unit = measure === 'style.unigram' ? 100 : 1;
      const row = { measure, seed };
      return [
        studyRow({ ...row, model: 'base', size: LARGE, value: unit * base }),
        studyRow({ ...row, model: 'broad', size: LARGE, budget: 8000, value: unit * broad }),
        studyRow({ ...row, model: 'teacher-again', value: unit * again }),
      ];
    });
  const verdict = (...each: StudyRow[][]) => tested('style-rises-toward-the-teacher', each.flat());

  test('by the part of the way that is gone', () => {
    // (0.5 − 0.1) / (0.9 − 0.1), and twice 0.6 of 0.8.
    const found = verdict(rows(1, 0.1, 0.5, 0.9), rows(2, 0.1, 0.7, 0.9), rows(3, 0.1, 0.7, 0.9));
    expect(found.effect).toBeCloseTo((0.5 + 0.75 + 0.75) / 3, 12);
    expect(found.verdict).toBe('supported');
  });

  test('is not supported where hardly any of it is, and untold where there is no way', () => {
    expect(verdict(rows(1, 0.1, 0.12, 0.9), rows(2, 0.1, 0.1, 0.9)).verdict).toBe('not supported');
    expect(verdict(rows(1, 0.9, 0.9, 0.9), rows(2, 0.9, 0.9, 0.9))).toMatchObject({
      verdict: 'undecided',
      effect: null,
      seeds: 0,
    });
  });
});

describe('a larger base model', () => {
  const base = (seed: number, size: number, value: number) =>
    studyRow({ measure: 'facts.exact-match', model: 'base', seed, size, value });
  const broad = (seed: number, size: number, budget: number, value: number) =>
    studyRow({ measure: 'facts.exact-match', model: 'broad', seed, size, budget, value });

  test('knows more facts, by the ends of the ladder', () => {
    const rows = [1, 2, 3].flatMap(seed => [
      base(seed, LARGE, 0.7 + 0.01 * seed),
      base(seed, 40_000, 0.05),
      base(seed, SMALL, 0.1),
    ]);
    const found = tested('facts-rise-with-size', rows);
    expect(found.effect).toBeCloseTo(0.62, 12);
    expect(found.verdict).toBe('supported');
  });

  test('brings more than data do, where data bring less', () => {
    const rows = [1, 2, 3].flatMap(seed => [
      broad(seed, SMALL, 8000, 0.1),
      broad(seed, LARGE, 1000, 0.5),
      broad(seed, LARGE, 8000, 0.4 + 0.01 * seed),
    ]);
    // Sizes: 0.42 − 0.1; data: 0.42 − 0.5.
    expect(tested('size-beats-data', rows).effect).toBeCloseTo(0.4, 12);
    expect(tested('size-beats-data', rows).verdict).toBe('supported');
  });

  test('decides nothing where there is one size: a model is not compared with itself', () => {
    const rows = [1, 2, 3].map(seed => base(seed, LARGE, 0.5));
    expect(tested('facts-rise-with-size', rows)).toMatchObject({ verdict: 'undecided', effect: null });
  });
});

test('an imitation model is not compared with a base model of another size', () => {
  const rows = [1, 2, 3].flatMap(seed => [
    studyRow({ measure: 'facts.exact-match', model: 'base', seed, size: LARGE, value: 0.7 }),
    studyRow({ measure: 'facts.exact-match', model: 'facts', seed, size: SMALL, budget: 3000, value: 0.2 }),
  ]);
  expect(tested('local-imitation-raises-facts', rows)).toMatchObject({ verdict: 'undecided', effect: null });
});

test('a value that was not measured decides nothing', () => {
  const rows = pairs('facts.exact-match', 'broad', [
    [0.6, 0.1],
    [0.7, 0.1],
    [0.8, 0.1],
  ]).map(row => (row.model === 'broad' ? { ...row, value: null } : row));
  expect(tested('facts-gain-nothing', rows)).toMatchObject({ verdict: 'undecided', seeds: 0 });
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

test('each claim has its own id, a place in the paper and a margin', () => {
  expect(new Set(HYPOTHESES.map(({ id }) => id)).size).toBe(HYPOTHESES.length);
  for (const { source, margin, measures } of HYPOTHESES) {
    expect(source).toMatch(/^§4\.[2-4]/);
    expect(margin).toBeGreaterThan(0);
    expect(measures).not.toBe('');
  }
});
