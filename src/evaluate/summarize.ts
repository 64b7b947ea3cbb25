import { meanEstimate } from '../stats/index.ts';
import type { ItemRow } from './item-row.ts';

/** The mean of a metric over the items that have a value. */
export interface MetricSummary {
  metric: string;
  /** Null where no item has a value. */
  value: number | null;
  /** 95 % interval: Wilson's for shares, else by bootstrap; null where one value gives no spread. */
  low: number | null;
  high: number | null;
  n: number;
  /** Items without a value: failed calls, and outputs that cannot be scored. They count in no mean. */
  unscored: number;
}

/**
 * Computes the means of all metrics, each with its interval.
 *
 * @param seed of the bootstrap.
 * @param percents metrics whose values are percents: where all of them are 0 they are no shares all the same.
 */
export function summarize(
  rows: readonly ItemRow[],
  seed = 0,
  percents: readonly string[] = [],
): MetricSummary[] {
  const metrics = [...new Set(rows.flatMap(({ scores }) => Object.keys(scores)))];
  return metrics.map(metric => {
    const values = rows.flatMap(({ scores }) => scores[metric] ?? []);
    const estimate = meanEstimate(values, { seed, mayBeShare: !percents.includes(metric) });
    return { metric, ...estimate, unscored: rows.length - values.length };
  });
}
