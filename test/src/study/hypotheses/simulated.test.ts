import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../src/stats/index.ts';
import { UNITS } from '../../../../src/study/hypotheses/index.ts';
import { HYPOTHESES, type Hypothesis, testHypotheses } from '../../../../src/study/index.ts';
import { CLAIMED, isPercent, LARGE, type SimulatedModel, simulatedRows } from '../simulated-study.ts';

const SEEDS = 10;
const STUDIES = 400;

interface Simulation {
  name: string;
  studies: number;
  hypotheses: readonly Hypothesis[];
  meanOf: (model: SimulatedModel, measure: string) => number;
  /** Standard deviation of a value between seeds. */
  spread: number;
}

/** Counts how often each claim is supported in simulated studies. */
function timesSupported({ name, studies, hypotheses, meanOf, spread }: Simulation): Map<string, number> {
  const random = seededRandom(name);
  const measures = CLAIMED.filter(measure => hypotheses.some(({ effect }) => effect.text.includes(measure)));
  const times = new Map(hypotheses.map(({ id }) => [id, 0]));
  for (let study = 0; study < studies; study++) {
    const rows = simulatedRows(
      SEEDS,
      (model, measure) => {
        const scale = isPercent(measure) ? UNITS.ROUGE.margin / UNITS.share.margin : 1;
        return scale * (meanOf(model, measure) + spread * random.normal());
      },
      measures,
    );
    for (const { id, verdict } of testHypotheses(rows, hypotheses))
      if (verdict === 'supported') times.set(id, (times.get(id) ?? 0) + 1);
  }
  return times;
}

test('a table of zeros and a table of ones support no claim', () => {
  for (const value of [0, 1]) {
    const tested = testHypotheses(
      simulatedRows(SEEDS, (_, measure) => (isPercent(measure) ? 100 : 1) * value),
    );
    expect(tested.map(({ verdict }) => verdict)).not.toContain('supported');
    expect(tested.every(({ holm }) => holm === 1)).toBe(true);
  }
});

test('noise supports each claim in at most 4 % of studies', () => {
  const times = timesSupported({
    name: 'noise',
    studies: STUDIES,
    hypotheses: HYPOTHESES,
    meanOf: () => 0.5,
    spread: 0.1,
  });
  for (const [id, count] of times) expect(count, id).toBeLessThanOrEqual(0.04 * STUDIES);
});

describe('a claim that nothing rises', () => {
  const hypotheses = HYPOTHESES.filter(({ direction }) => direction === 'does not rise');

  test('is supported in at most 4 % of studies where broad imitation brings just the margin', () => {
    // The controls rise by far: the smallest base and imitation models, and local imitation. Of 1,000 studies some 25
    // support the claim by chance, give or take 5.
    const studies = 1000;
    const times = timesSupported({
      name: 'margin',
      studies,
      hypotheses,
      meanOf: ({ model, size, budget }) => {
        if (model === 'facts') return 0.8;
        if (size !== null && size < LARGE) return 0.1;
        return model === 'broad' && budget === 1_000_000 ? 0.45 : 0.4;
      },
      spread: 0.05,
    });
    for (const { id } of hypotheses) expect(times.get(id), id).toBeLessThanOrEqual(0.04 * studies);
  });

  test('is found in four studies of five at the spread that ten seeds allow', () => {
    // The spread of a difference is √2 times that of a value: .05.
    const times = timesSupported({
      name: 'nothing',
      studies: 200,
      hypotheses,
      meanOf: ({ model, size }) => (model === 'facts' ? 0.8 : size !== null && size < LARGE ? 0.1 : 0.4),
      spread: 0.05 / Math.SQRT2,
    });
    // 80.3 % of 200, give or take three standard errors of 2.8 points.
    for (const { id } of hypotheses) {
      expect(times.get(id), id).toBeGreaterThan(0.72 * 200);
      expect(times.get(id), id).toBeLessThan(0.89 * 200);
    }
  });
});

test('a rise of two margins is found in four studies of five at the spread that ten seeds allow', () => {
  // Toxicity: of a difference with a spread of two margins, ten values find two margins (SciPy).
  const times = timesSupported({
    name: 'rise',
    studies: 200,
    hypotheses: HYPOTHESES.filter(({ id }) => id === 'toxicity-falls'),
    meanOf: ({ model }) => (model === 'broad' ? 0.5 : 0.4),
    spread: 0.1 / Math.SQRT2,
  });
  expect(times.get('toxicity-falls')).toBeGreaterThan(0.72 * 200);
  expect(times.get('toxicity-falls')).toBeLessThan(0.89 * 200);
});
