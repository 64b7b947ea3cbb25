import type { Estimate } from '../schema.ts';
import { mean, percentileInterval, type ResampleOptions, resample } from '../stats/index.ts';

/** Means of several columns of values over the same prompts, in one pass of resamples for all. */
export class MeanEstimates {
  readonly #columns: readonly ArrayLike<number>[];
  /** By column, the mean over each resample. */
  readonly #resampled: readonly number[][];

  /** @param columns of equal length. */
  constructor(columns: readonly ArrayLike<number>[], options: ResampleOptions = {}) {
    this.#columns = columns;
    this.#resampled = columns.map(() => []);
    for (const indices of resample(columns[0]?.length ?? 0, options)) {
      for (const [c, column] of columns.entries()) {
        let sum = 0;
        for (const index of indices) sum += column[index] as number;
        this.#resampled[c]?.push(sum / indices.length);
      }
    }
  }

  /** Returns the mean of a column with its interval. */
  of(column: number): Estimate {
    const values = this.#columns[column] ?? [];
    return { value: mean(values), ...percentileInterval(this.#resampled[column] ?? []), n: values.length };
  }

  /** Returns the mean of one column less that of another, with its interval. */
  difference(column: number, other: number): Estimate {
    const [a, b] = [this.of(column), this.of(other)];
    const others = this.#resampled[other] ?? [];
    const differences = (this.#resampled[column] ?? []).map((value, i) => value - (others[i] ?? 0));
    const value = a.value === null || b.value === null ? null : a.value - b.value;
    return { value, ...percentileInterval(differences), n: a.n };
  }
}
