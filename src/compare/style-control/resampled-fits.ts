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
    const { kinds, kindOf } = kindsOf(rows);
    const laidOut = logitRows(kinds);
    const kindsWith = Array.from({ length: size }, (): number[] => []);
    for (const [kind, { columns }] of kinds.entries())
      for (const column of columns) kindsWith[column]?.push(kind);
    const weigh = (drawn: ArrayLike<number>) => {
      const weights = new Float64Array(kinds.length);
      for (const [row, kind] of kindOf.entries()) weights[kind] = (weights[kind] ?? 0) + (drawn[row] ?? 0);
      return weights;
    };
    this.#all = ridgeLogit(laidOut, ridge, { weights: weigh(new Uint8Array(rows.length).fill(1)) });
    this.#resampled = draws.map(drawn => {
      const weights = weigh(drawn);
      return ridgeLogit(laidOut, ridge, { weights, start: this.#all }).map((coefficient, column) =>
        kindsWith[column]?.some(kind => weights[kind] !== 0) ? coefficient : Number.NaN,
      );
    });
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

/** Finds the rows that differ, each once, and which of them each row is: without style they are few. */
function kindsOf(rows: readonly LogitRow[]): { kinds: LogitRow[]; kindOf: Int32Array } {
  const kinds: LogitRow[] = [];
  const known = new Map<string, number>();
  const kindOf = Int32Array.from(rows, row => {
    const key = JSON.stringify([row.columns, row.values, row.outcome]);
    const kind = known.get(key) ?? kinds.push(row) - 1;
    known.set(key, kind);
    return kind;
  });
  return { kinds, kindOf };
}
