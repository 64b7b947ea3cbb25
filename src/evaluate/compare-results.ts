import { comparePairs, mean, type PairComparison } from '../stats/index.ts';
import type { EvaluationResult } from './evaluation-result.ts';
import { requireMatch } from './match-results.ts';

/** Difference of two models in one metric of a benchmark. */
export interface MetricComparison extends PairComparison {
  metric: string;
  /** Mean of each model over the items that both have a score of. */
  means: { a: number | null; b: number | null };
}

/**
 * Compares two models' results of one benchmark, item by item: of each metric the mean of a − b, its 95 % paired
 * bootstrap interval, and McNemar's exact test of scores that are 0 or 1, else a permutation test.
 *
 * @throws {RangeError} naming the fields in which the results differ: benchmark, version, format and shots of the
 *   prompts, or items.
 * @example
 * // Given student.
 * const items = [{ id: '1', question: 'Where is the Louvre?', answers: ['Paris'] }];
 * const nq = await naturalQuestions({ items });
 * const [exactMatch] = compareResults(await evaluate(student, nq), await evaluate(student, nq));
 * exactMatch?.value // 0
 */
export function compareResults(
  a: EvaluationResult,
  b: EvaluationResult,
  { seed = 0 }: { seed?: number | undefined } = {},
): MetricComparison[] {
  const pairs = requireMatch(a, b);
  const metrics = new Set([...a.metrics, ...b.metrics].map(({ metric }) => metric));
  return [...metrics].map(metric => {
    const left = pairs.map(pair => pair.a.scores[metric] ?? null);
    const right = pairs.map(pair => pair.b.scores[metric] ?? null);
    const both = left.flatMap((value, index) => {
      const other = right[index] ?? null;
      return value === null || other === null ? [] : [{ a: value, b: other }];
    });
    const means = { a: mean(both.map(scores => scores.a)), b: mean(both.map(scores => scores.b)) };
    return { metric, means, ...comparePairs(left, right, { seed }) };
  });
}
