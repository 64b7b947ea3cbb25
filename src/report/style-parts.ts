import type { Estimate } from '../schema.ts';
import {
  type Interval,
  percentileInterval,
  type ResampleOptions,
  resample,
  squareAndAdd,
} from '../stats/index.ts';
import {
  type PairStyle,
  type StyleSummary,
  type StyleValues,
  styleValues,
  summarizeStyle,
} from '../text/index.ts';

/** Measures of style that are placed between base and teacher, each by itself. */
const MEASURES = {
  list: ({ list }) => list,
  listDifference: ({ list, listWithout }) => less(list, listWithout),
  summary: ({ summary }) => summary,
  summaryDifference: ({ summary, summaryWithout }) => less(summary, summaryWithout),
  unigram: ({ unigram }) => unigram,
  length: ({ length }) => length,
} as const satisfies Record<string, (values: StyleValues) => number | null>;

/** Name of a measure of style that is placed. */
export type StyleMeasure = keyof typeof MEASURES;

/** Part of the way from base to teacher of each measure of style. */
export type StyleParts = Readonly<Record<StyleMeasure, Estimate>>;

/** Shares of which a measure is made; none of those that are no shares. */
const SHARES: Readonly<Record<StyleMeasure, readonly (keyof StyleSummary & keyof StyleValues)[]>> = {
  list: ['list'],
  listDifference: ['list', 'listWithout'],
  summary: ['summary'],
  summaryDifference: ['summary', 'summaryWithout'],
  unigram: [],
  length: [],
};

/** Values of the teacher's answers beside themselves. */
const PERFECT: StyleValues = {
  list: 1,
  listWithout: 0,
  summary: 1,
  summaryWithout: 0,
  unigram: 100,
  length: 1,
};

/** Answers beside the teacher's, of which style was measured. */
export interface StyledPairs {
  student: readonly PairStyle[];
  base: readonly PairStyle[];
  /** The teacher's second sample; default the teacher beside itself. */
  secondTeacher?: readonly PairStyle[] | undefined;
}

/**
 * Computes how much of the way from base to teacher each measure of style goes, with 95 % bootstrap intervals; where
 * student and base each always, or never, have a part, by square and add, since the bootstrap has no width. A value is null
 * where base and teacher are equal, or a measure is undefined.
 */
export function styleParts(
  { student, base, secondTeacher }: StyledPairs,
  options: ResampleOptions = {},
): StyleParts {
  const [ofStudent, ofBase] = [styleValues(student), styleValues(base)];
  const ofTeacher = secondTeacher ? styleValues(secondTeacher) : () => PERFECT;
  const partsAt = (indices: Int32Array) => {
    const ends = { student: ofStudent(indices), base: ofBase(indices), teacher: ofTeacher(indices) };
    return eachMeasure(of => partOf(of(ends.student), of(ends.base), of(ends.teacher)));
  };
  const all = Int32Array.from(student.keys());
  const values = partsAt(all);
  const resampled = eachMeasure((): number[] => []);
  for (const indices of resample(student.length, options)) {
    const parts = partsAt(indices);
    eachMeasure((_, name) => {
      const part = parts[name];
      if (part !== null) resampled[name].push(part);
    });
  }
  const summaries = [student, base].map(pairs => summarizeStyle(pairs, { resamples: 0 }));
  const intervalOf = (name: StyleMeasure, whole: number | null): Interval =>
    isConstant(summaries, name)
      ? constantInterval(summaries, name, whole)
      : percentileInterval(resampled[name]);
  return eachMeasure((of, name) => {
    const whole = less(of(ofTeacher(all)), of(ofBase(all)));
    const interval = values[name] === null ? NO_INTERVAL : intervalOf(name, whole);
    return { value: values[name], ...interval, n: student.length };
  });
}

const NO_INTERVAL: Interval = { low: null, high: null };

/** Reports whether each of several models always, or never, has the part that a measure counts. */
function isConstant(summaries: readonly StyleSummary[], name: StyleMeasure): boolean {
  const shares = SHARES[name];
  return (
    shares.length > 0 &&
    summaries.every(summary => shares.every(share => [0, 1].includes(summary[share].value ?? Number.NaN)))
  );
}

/** Computes the interval of the part of the way that the first of two models goes from the second, on a scale of this length. */
function constantInterval(
  [student, base]: readonly StyleSummary[],
  name: StyleMeasure,
  whole: number | null,
): Interval {
  if (student === undefined || base === undefined || !whole) return NO_INTERVAL;
  const { low, high } = squareAndAdd(student[name], base[name]);
  if (low === null || high === null) return NO_INTERVAL;
  return whole > 0 ? { low: low / whole, high: high / whole } : { low: high / whole, high: low / whole };
}

function eachMeasure<Value>(
  make: (of: (values: StyleValues) => number | null, name: StyleMeasure) => Value,
): Record<StyleMeasure, Value> {
  return {
    list: make(MEASURES.list, 'list'),
    listDifference: make(MEASURES.listDifference, 'listDifference'),
    summary: make(MEASURES.summary, 'summary'),
    summaryDifference: make(MEASURES.summaryDifference, 'summaryDifference'),
    unigram: make(MEASURES.unigram, 'unigram'),
    length: make(MEASURES.length, 'length'),
  };
}

function less(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

function partOf(student: number | null, base: number | null, teacher: number | null): number | null {
  const [way, whole] = [less(student, base), less(teacher, base)];
  return way === null || whole === null || whole === 0 ? null : way / whole;
}
