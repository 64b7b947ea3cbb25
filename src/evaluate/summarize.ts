import { bootstrap, mean, wilson } from '../stats/index.ts';
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
    const n = values.length;
    const share = !percents.includes(metric) && values.every(value => value === 0 || value === 1);
    const successes = values.filter(value => value === 1).length;
    const at = (indices: Int32Array) => mean(Array.from(indices, index => values[index] ?? 0));
    const { low, high } = share ? wilson(successes, n) : n > 1 ? bootstrap(n, at, { seed }) : NONE;
    return { metric, value: mean(values), low, high, n, unscored: rows.length - n };
  });
}

const NONE = { low: null, high: null };
