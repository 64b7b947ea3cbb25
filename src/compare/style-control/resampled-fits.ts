import {
  type Interval,
  type LogitRow,
  logistic,
  logitRows,
  percentileInterval,
  ridgeLogit,
} from '../../stats/index.ts';

/** Penalty on every coefficient. */
const RIDGE = 0.01;

/** A value with its 95 % interval; all null where there is none. */
export interface ValueInterval extends Interval {
  value: number | null;
}

/** A regression fitted to all rows, and to resamples of them. */
export class ResampledFits {
  readonly #all: Float64Array;
  /** One a resample; NaN of a feature that no drawn row has. */
  readonly #resampled: Float64Array[];

  /** @param draws how often each resample draws each row. */
  constructor(rows: readonly LogitRow[], size: number, draws: readonly ArrayLike<number>[]) {
    const ridge = Array<number>(size).fill(RIDGE);
    const laidOut = logitRows(rows);
    const rowsOf = Array.from({ length: size }, (): number[] => []);
    for (const [row, { columns }] of rows.entries()) for (const column of columns) rowsOf[column]?.push(row);
    this.#all = ridgeLogit(laidOut, ridge);
    this.#resampled = draws.map(weights =>
      ridgeLogit(laidOut, ridge, { weights, start: this.#all }).map((coefficient, column) =>
        rowsOf[column]?.some(row => weights[row] !== 0) ? coefficient : Number.NaN,
      ),
    );
  }

  /** Returns a coefficient in log-odds; null of no column. */
  effect(column: number | undefined): ValueInterval {
    return this.#value(column, coefficient => coefficient);
  }

  /** Returns the share that a coefficient alone gives. */
  share(column: number): ValueInterval {
    return this.#value(column, logistic);
  }

  #value(column: number | undefined, of: (coefficient: number) => number): ValueInterval {
    if (column === undefined) return { value: null, low: null, high: null };
    const at = (coefficients: Float64Array) => of(coefficients[column] ?? Number.NaN);
    const resampled = this.#resampled.map(at).filter(value => !Number.isNaN(value));
    return { value: at(this.#all), ...percentileInterval(resampled) };
  }
}
