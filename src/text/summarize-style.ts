import type { Estimate } from '../schema.ts';
import {
  percentileInterval,
  type ResampleOptions,
  resample,
  share,
  shareDifference,
  type Trials,
} from '../stats/index.ts';
import type { PairStyle } from './pair-style.ts';

/** Table 2's measures over pairs of answers; each `n` is the number of pairs behind it. */
export interface StyleSummary {
  /** Number of pairs. */
  n: number;
  /** P(the model's answer has a list | the teacher's has one), 0 … 1. */
  list: Estimate;
  /** P(the model's answer has a list | the teacher's has none), 0 … 1. */
  listWithout: Estimate;
  /**
   * J of lists: {@link list} − {@link listWithout}, −1 … 1, with Newcombe's 95 % interval. 0 of a model that writes lists
   * whatever its teacher does. Null where fewer than 10 of the teacher's answers have a list, or have none.
   */
  listDifference: Estimate;
  /** P(the model's answer has a summary paragraph | the teacher's has one), 0 … 1. */
  summary: Estimate;
  /** P(the model's answer has a summary paragraph | the teacher's has none), 0 … 1. */
  summaryWithout: Estimate;
  /** J of summary paragraphs, as {@link listDifference} is of lists. */
  summaryDifference: Estimate;
  /** Mean Dice of token types, percent. */
  unigram: Estimate;
  /** Pearson's correlation of the lengths in words, −1 … 1. */
  length: Estimate;
}

/**
 * Summarizes pairs of answers by the measures of Table 2, with 95 % intervals: Wilson's of the shares, which has a width
 * also where all or none of the answers have a list; Newcombe's of the two differences J, which is made of these; and of
 * unigrams and lengths the percentile bootstrap over whole pairs, seeded. A measure is null where it is undefined (no pair
 * meets its condition, no variance in length); resamples on which it is undefined are left out of its interval.
 *
 * @param pairs answers without reasoning and echoed prompts, see `bareAnswer` of `imitation-lab/conversation`.
 * @param options `resamples: 0` leaves the bootstrap's intervals out.
 * @see Gudibande et al. 2023, Table 2
 * @example
 * const pairs = [pairStyle('It is blue.', 'The sky is blue.'), pairStyle('Yes.', 'Yes.')];
 * summarizeStyle(pairs).unigram.value; // 78.57…
 */
export function summarizeStyle(pairs: readonly PairStyle[], options: ResampleOptions = {}): StyleSummary {
  const n = pairs.length;
  const valuesAt = styleValues(pairs);
  const values = valuesAt(Int32Array.from(pairs.keys()));
  const resampled: Record<'unigram' | 'length', number[]> = { unigram: [], length: [] };
  for (const indices of resample(n, options)) {
    const { unigram, length } = valuesAt(indices);
    if (unigram !== null) resampled.unigram.push(unigram);
    if (length !== null) resampled.length.push(length);
  }
  const lists = stratify(pairs, 'teacherList', 'modelList');
  const summaries = stratify(pairs, 'teacherSummary', 'modelSummary');
  return {
    n,
    list: shareOf(lists.having),
    listWithout: shareOf(lists.without),
    listDifference: strataDifference(lists.having, lists.without),
    summary: shareOf(summaries.having),
    summaryWithout: shareOf(summaries.without),
    summaryDifference: strataDifference(summaries.having, summaries.without),
    unigram: { value: values.unigram, ...percentileInterval(resampled.unigram), n },
    length: { value: values.length, ...percentileInterval(resampled.length), n },
  };
}

function shareOf({ successes, n }: Trials): Estimate {
  return share(successes, n);
}

/** Least number of prompts on which the teacher does, and does not, what J compares the model on. */
const MIN_STRATUM = 10;

/** Answers of the model that have a part, among those where the teacher's has it, and where it has not. */
interface Strata {
  having: Trials;
  without: Trials;
}

function stratify(
  pairs: readonly PairStyle[],
  ofTeacher: 'teacherList' | 'teacherSummary',
  ofModel: 'modelList' | 'modelSummary',
): Strata {
  const trials = (having: boolean): Trials => {
    const stratum = pairs.filter(pair => pair[ofTeacher] === having);
    return { successes: stratum.filter(pair => pair[ofModel]).length, n: stratum.length };
  };
  return { having: trials(true), without: trials(false) };
}

/**
 * Computes J, the difference between the shares of a model's answers that have a part where the teacher's has it and
 * where it has not, with Newcombe's 95 % interval. It has no value where either share is of fewer than 10 prompts.
 *
 * @throws {RangeError} unless 0 ≤ successes ≤ n.
 */
export function strataDifference(having: Trials, without: Trials): Estimate {
  if (Math.min(having.n, without.n) < MIN_STRATUM)
    return { value: null, low: null, high: null, n: having.n + without.n };
  return shareDifference(having, without);
}

/** Values of Table 2's measures over some pairs, in the units of {@link StyleSummary}; null where one is undefined. */
export type StyleValues = Record<
  'list' | 'listWithout' | 'summary' | 'summaryWithout' | 'unigram' | 'length',
  number | null
>;

/** Prepares pairs to be measured by resamples: returns a function of the indices of the pairs that count. */
export function styleValues(pairs: readonly PairStyle[]): (indices: Int32Array) => StyleValues {
  const table = tabulate(pairs);
  return indices => {
    const [
      list = null,
      listWithout = null,
      summary = null,
      summaryWithout = null,
      unigram = null,
      length = null,
    ] = measure(table, indices);
    return { list, listWithout, summary, summaryWithout, unigram, length };
  };
}

const TEACHER_LIST = 1;
const MODEL_LIST = 2;
const TEACHER_SUMMARY = 4;
const MODEL_SUMMARY = 8;

/** The pairs as columns: a strip of 10,000 pairs is measured thousands of times while the analyst waits. */
interface Table {
  /** The four yes-or-no measures as bits. */
  flags: Uint8Array;
  unigram: Float64Array;
  /** Lengths less their rounded mean: small integers, so that sums of products stay exact. */
  teacherWords: Float64Array;
  modelWords: Float64Array;
}

function tabulate(pairs: readonly PairStyle[]): Table {
  return {
    flags: Uint8Array.from(
      pairs,
      pair =>
        (pair.teacherList ? TEACHER_LIST : 0) |
        (pair.modelList ? MODEL_LIST : 0) |
        (pair.teacherSummary ? TEACHER_SUMMARY : 0) |
        (pair.modelSummary ? MODEL_SUMMARY : 0),
    ),
    unigram: Float64Array.from(pairs, pair => pair.unigram),
    teacherWords: centred(pairs.map(pair => pair.teacherWords)),
    modelWords: centred(pairs.map(pair => pair.modelWords)),
  };
}

function centred(lengths: readonly number[]): Float64Array {
  const centre = Math.round(lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length));
  return Float64Array.from(lengths, length => length - centre);
}

/** Measures the pairs at the indices: list, listWithout, summary, summaryWithout, unigram, length. */
function measure(table: Table, indices: Int32Array): (number | null)[] {
  const { flags, unigram, teacherWords, modelWords } = table;
  const n = indices.length;
  const seen = new Uint32Array(16);
  let shared = 0;
  let x = 0;
  let y = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    const pair = indices[i] as number;
    (seen[flags[pair] as number] as number)++;
    shared += unigram[pair] as number;
    const dx = teacherWords[pair] as number;
    const dy = modelWords[pair] as number;
    x += dx;
    y += dy;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const count = (mask: number, want: number) =>
    seen.reduce((sum, pairs, bits) => ((bits & mask) === want ? sum + pairs : sum), 0);
  const ratio = (top: number, bottom: number) => (bottom === 0 ? null : top / bottom);
  const variances = (n * xx - x * x) * (n * yy - y * y);
  const given = (teacher: number, model: number) => [
    ratio(count(teacher | model, teacher | model), count(teacher, teacher)),
    ratio(count(teacher | model, model), count(teacher, 0)),
  ];
  return [
    ...given(TEACHER_LIST, MODEL_LIST),
    ...given(TEACHER_SUMMARY, MODEL_SUMMARY),
    ratio(shared, n),
    variances > 0 ? (n * xy - x * y) / Math.sqrt(variances) : null,
  ];
}
