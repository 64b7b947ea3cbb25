import type { EvaluationResult } from '../../evaluate/index.ts';
import type { Estimate, StudyRow } from '../../schema.ts';
import { type AbilityMeasure, type Form, inForm } from './forms.ts';

/** A value measured on one model: a row of a study without the columns that name the model. */
export type Measurement = Pick<StudyRow, 'measure' | 'value' | 'low' | 'high' | 'n' | 'unscored' | 'reason'>;

/**
 * Makes a measurement of an estimate.
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

/**
 * Makes measurements of an evaluation in one form.
 *
 * @param measures named after an ability and a metric: `facts.exact-match`; one that no item has a value of has a reason
 *   in place of a value.
 */
export function measuredMetrics(
  result: EvaluationResult,
  measures: readonly AbilityMeasure[],
  form: Form,
): Measurement[] {
  return measures.map(measure =>
    measuredMetric(result, measure.slice(measure.indexOf('.') + 1), inForm(measure, form)),
  );
}

/** Makes a measurement of one metric of an evaluation, under the name of a study's measure. */
export function measuredMetric(
  { metrics, items }: EvaluationResult,
  name: string,
  measure: string,
): Measurement {
  const reason = items.find(item => item.reason !== undefined)?.reason ?? 'no item has a value';
  const none = { value: null, low: null, high: null, n: 0, unscored: items.length };
  const metric = metrics.find(found => found.metric === name) ?? none;
  return measured(measure, metric, metric.unscored, reason);
}
