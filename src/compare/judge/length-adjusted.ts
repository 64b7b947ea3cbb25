import type { Estimate } from '../../schema.ts';
import {
  bootstrap,
  type LogitRows,
  logistic,
  logitRows,
  mean,
  ridgeLogit,
  standardDeviation,
  timesDrawn,
} from '../../stats/index.ts';

/** Outcome of one pair, and the lengths of its answers. */
export interface LengthPair {
  /** 1 if the model's answer is preferred, 0 if the other's is, ½ for a tie. */
  outcome: number;
  /** Length of the model's answer, and of the other's, in any one unit. */
  length: number;
  otherLength: number;
}

/** Share of pairs in which a model would be preferred if its answers were as long as the others'. */
export interface LengthAdjusted extends Estimate {
  /** The share as it is, ties counting half. */
  raw: number | null;
  /** Log-odds that a standard deviation of extra length adds, at the start. */
  lengthEffect: number | null;
  /** False where the pairs do not show how the model fares at equal length. */
  identified: boolean;
  /** Reason why it is not identified. */
  reason?: string;
}

/** Penalty of the effect of length: scikit-learn's default, C = 1. The share at equal length has none. */
const RIDGE = [0, 1];
/** Pairs that are required on either side of equal length, or near it. */
const ENOUGH_PAIRS = 10;
/** Difference in length, of the sum, up to which two answers are nearly as long. */
const NEARLY_EQUAL = 0.1;

/**
 * Estimates a win rate at equal length from the pairs of one model alone: logistic regression of the outcome on the
 * tanh of the difference in length, over its standard deviation, gives the odds where there is none. 95 % bootstrap
 * interval over pairs.
 *
 * It is not AlpacaEval's length-controlled win rate, which also knows how hard each instruction is and how other
 * models fare: the two differ by several points. It distinguishes the effect of length from the model's strength only
 * where its answers are sometimes the longer and sometimes the shorter ones; see `identified`. With several models
 * in the same judgements, {@link styleControl} is the better estimate.
 *
 * @returns null as value where all outcomes are wins, or losses, or where the difference in length is constant.
 * @throws {RangeError} if an outcome lies outside 0 … 1 or a length is negative.
 * @see Dubois et al. 2024, Length-Controlled AlpacaEval, §3, whose term of length this is
 * @example
 * // Given lengths.
 * lengthAdjusted(lengths).raw // 0.5
 */
export function lengthAdjusted(
  pairs: readonly LengthPair[],
  { seed = 0 }: { seed?: number } = {},
): LengthAdjusted {
  for (const { outcome, length, otherLength } of pairs)
    if (!(outcome >= 0 && outcome <= 1 && length >= 0 && otherLength >= 0))
      throw new RangeError(
        `Cannot adjust for length: outcomes from 0 to 1 and lengths from 0 are required, found ${outcome}, ${length} and ${otherLength}`,
      );
  const [n, raw] = [pairs.length, mean(pairs.map(({ outcome }) => outcome))];
  const impossible = whyImpossible(pairs);
  if (impossible !== undefined)
    return {
      value: null,
      low: null,
      high: null,
      n,
      raw,
      lengthEffect: null,
      identified: false,
      reason: impossible,
    };
  const rows = rowsOf(pairs);
  const all = ridgeLogit(rows, RIDGE);
  const atEqualLength = (indices: Int32Array) => shareAt(rows, timesDrawn(indices, n), all);
  const extrapolated = whyExtrapolated(pairs);
  return {
    value: logistic(all[0] ?? 0),
    ...bootstrap(n, atEqualLength, { seed }),
    n,
    raw,
    lengthEffect: all[1] ?? 0,
    identified: extrapolated === undefined,
    ...(extrapolated !== undefined && { reason: extrapolated }),
  };
}

/** Returns why pairs do not determine a share at equal length. */
function whyImpossible(pairs: readonly LengthPair[]): string | undefined {
  const [first] = pairs;
  if (first === undefined) return 'there are no pairs';
  if (pairs.every(({ outcome }) => outcome === 1)) return 'all outcomes are wins';
  if (pairs.every(({ outcome }) => outcome === 0)) return 'all outcomes are losses';
  const difference = first.length - first.otherLength;
  const constant = pairs.every(({ length, otherLength }) => length - otherLength === difference);
  if (constant && difference !== 0) return `the difference in length is always ${difference}`;
  return undefined;
}

/** Returns why a share at equal length lies outside what the pairs show. */
function whyExtrapolated(pairs: readonly LengthPair[]): string | undefined {
  const count = (holds: (pair: LengthPair) => boolean) => pairs.filter(holds).length;
  const near = count(
    ({ length, otherLength }) => Math.abs(length - otherLength) <= NEARLY_EQUAL * (length + otherLength),
  );
  const longer = count(({ length, otherLength }) => length > otherLength);
  const shorter = count(({ length, otherLength }) => length < otherLength);
  if (near >= ENOUGH_PAIRS || Math.min(longer, shorter) >= ENOUGH_PAIRS) return undefined;
  return `of ${pairs.length} answers ${longer} are longer, ${shorter} shorter and ${near} nearly as long: ${ENOUGH_PAIRS} on either side, or nearly as long, are required`;
}

function rowsOf(pairs: readonly LengthPair[]): LogitRows {
  const differences = pairs.map(({ length, otherLength }) => length - otherLength);
  const spread = standardDeviation(differences);
  return logitRows(
    pairs.map(({ outcome }, index) => {
      const feature = spread ? Math.tanh((differences[index] ?? 0) / spread) : 0;
      return { columns: [0, 1], values: [1, feature], outcome };
    }),
  );
}

/** Fits a resample; null where all its outcomes are wins, or all losses. */
function shareAt(rows: LogitRows, weights: Int32Array, start: Float64Array): number | null {
  const drawn = rows.outcomes.filter((_, index) => weights[index] !== 0);
  if (drawn.every(outcome => outcome === 1)) return 1;
  if (drawn.every(outcome => outcome === 0)) return 0;
  return logistic(ridgeLogit(rows, RIDGE, { weights, start })[0] ?? 0);
}
