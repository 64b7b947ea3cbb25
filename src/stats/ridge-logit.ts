/** Observation of a logistic regression: a sparse row of features and its outcome. */
export interface LogitRow {
  /** Indices of the features that are not 0, each once. */
  columns: readonly number[];
  /** Their values. */
  values: readonly number[];
  /** From 0 to 1; ½ counts as half a success and half a failure. */
  outcome: number;
}

/** Options of {@link ridgeLogit}. */
export interface RidgeLogitOptions {
  /** Weight of each row, such as how often a resample draws it; default 1. */
  weights?: ArrayLike<number>;
  /** Coefficients to start from; default 0. */
  start?: ArrayLike<number>;
}

/** Newton's steps at most; from 0 a dozen reach the last bit. */
const STEPS = 100;
/** Largest change of a coefficient at which the fit has converged: what remains is its square. */
const TOLERANCE = 1e-7;
/** Halvings at most of a step that would lower the likelihood. */
const HALVINGS = 30;

/**
 * Fits a logistic regression without intercept by Newton's method.
 *
 * @param ridge penalty λ of each feature: ½ Σ λ b² is subtracted from the summed log-likelihood.
 * @returns the coefficients, one a feature, in log-odds per unit.
 */
export function ridgeLogit(
  rows: LogitRows,
  ridge: readonly number[],
  { weights, start }: RidgeLogitOptions = {},
): Float64Array {
  let coefficients: Float64Array = Float64Array.from(ridge, (_, column) => start?.[column] ?? 0);
  let at = expand(rows, coefficients, ridge, weights);
  for (let step = 0; step < STEPS; step++) {
    const change = solvePositive(at.hessian, at.gradient);
    if (change.every(one => Math.abs(one) < TOLERANCE)) return moved(coefficients, change, 1);
    let scale = 1;
    let next = moved(coefficients, change, scale);
    let there = expand(rows, next, ridge, weights);
    for (let halving = 0; halving < HALVINGS && there.value < at.value - 1e-9; halving++) {
      scale /= 2;
      next = moved(coefficients, change, scale);
      there = expand(rows, next, ridge, weights);
    }
    coefficients = next;
    at = there;
  }
  return coefficients;
}

/** Returns 1 / (1 + e^−x). */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Rows one after the other, as fits read them: row r lies at starts[r] … starts[r + 1], its columns ascending. */
export interface LogitRows {
  starts: Int32Array;
  columns: Int32Array;
  values: Float64Array;
  outcomes: Float64Array;
}

/** Lays out rows for {@link ridgeLogit}. */
export function logitRows(rows: readonly LogitRow[]): LogitRows {
  const starts = new Int32Array(rows.length + 1);
  for (const [index, { columns }] of rows.entries())
    starts[index + 1] = (starts[index] ?? 0) + columns.length;
  const cells = rows.flatMap(({ columns, values }) =>
    columns
      .map((column, index) => ({ column, value: values[index] ?? 0 }))
      .sort((a, b) => a.column - b.column),
  );
  return {
    starts,
    columns: Int32Array.from(cells, ({ column }) => column),
    values: Float64Array.from(cells, ({ value }) => value),
    outcomes: Float64Array.from(rows, ({ outcome }) => outcome),
  };
}

/** The penalised log-likelihood around some coefficients, to the second order. */
interface Expansion {
  value: number;
  gradient: Float64Array;
  /** Lower half of the negative Hessian, row by row; it is positive definite. */
  hessian: Float64Array;
}

function expand(
  { starts, columns, values, outcomes }: LogitRows,
  coefficients: Float64Array,
  ridge: readonly number[],
  weights: ArrayLike<number> | undefined,
): Expansion {
  const size = coefficients.length;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  let value = 0;
  for (let i = 0; i < size; i++) {
    const [penalty, coefficient] = [ridge[i] ?? 0, coefficients[i] ?? 0];
    hessian[i * size + i] = penalty;
    gradient[i] = -penalty * coefficient;
    value -= (penalty / 2) * coefficient ** 2;
  }
  for (let row = 0; row < outcomes.length; row++) {
    const weight = weights === undefined ? 1 : (weights[row] as number);
    if (weight === 0) continue;
    const start = starts[row] as number;
    const end = starts[row + 1] as number;
    const outcome = outcomes[row] as number;
    let x = 0;
    for (let i = start; i < end; i++)
      x += (coefficients[columns[i] as number] as number) * (values[i] as number);
    const p = logistic(x);
    // log p = min(x, 0) − log(1 + e^−|x|): nothing overflows.
    value += weight * (outcome * x - Math.max(x, 0) - Math.log1p(Math.exp(-Math.abs(x))));
    const residual = weight * (outcome - p);
    const curvature = weight * p * (1 - p);
    for (let i = start; i < end; i++) {
      const column = columns[i] as number;
      const own = values[i] as number;
      gradient[column] = (gradient[column] as number) + residual * own;
      for (let j = start; j <= i; j++) {
        const cell = column * size + (columns[j] as number);
        hessian[cell] = (hessian[cell] as number) + curvature * own * (values[j] as number);
      }
    }
  }
  return { value, gradient, hessian };
}

function moved(from: Float64Array, change: Float64Array, scale: number): Float64Array {
  return from.map((coefficient, column) => coefficient + scale * (change[column] ?? 0));
}

/** Solves A x = b by Cholesky's factors, for a symmetric positive definite A of which the lower half is given. */
function solvePositive(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const factor = new Float64Array(size * size);
  const at = (row: number, column: number) => factor[row * size + column] ?? 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column] ?? 0;
      for (let k = 0; k < column; k++) rest -= at(row, k) * at(column, k);
      factor[row * size + column] = row === column ? Math.sqrt(rest) : rest / at(column, column);
    }
  }
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    let rest = solution[row] ?? 0;
    for (let k = 0; k < row; k++) rest -= at(row, k) * (solution[k] ?? 0);
    solution[row] = rest / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = solution[row] ?? 0;
    for (let k = row + 1; k < size; k++) rest -= at(k, row) * (solution[k] ?? 0);
    solution[row] = rest / at(row, row);
  }
  return solution;
}
