import type { EvaluationResult } from '../../evaluate/index.ts';
import type { Estimate, StudyRow } from '../../schema.ts';

/** A value measured on one model: a row of a study without what it says of the model. */
export type Measurement = Pick<StudyRow, 'measure' | 'value' | 'low' | 'high' | 'n' | 'unscored' | 'reason'>;

/**
 * A measurement of an estimate.
 *
 * @param unscored items that could not be scored.
 * @param reason why there is no value, where there is none.
 */
export function measured(
  measure: string,
  { value, low, high, n }: Estimate,
  unscored: number,
  reason: string,
): Measurement {
  return { measure, value, low, high, n, unscored, ...(value === null && { reason }) };
}

/** The metrics of an evaluation, each named after its benchmark: `facts.exact-match`. */
export function measuredMetrics({ benchmark, metrics, items }: EvaluationResult): Measurement[] {
  const reason = items.find(item => item.reason !== undefined)?.reason ?? 'no item has a value';
  return metrics.map(metric => measured(`${benchmark}.${metric.metric}`, metric, metric.unscored, reason));
}
