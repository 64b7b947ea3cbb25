import type { Estimate } from '../schema.ts';
import { percentileInterval, type ResampleOptions, resample } from '../stats/index.ts';
import { type PairStyle, type StyleValues, styleValues } from '../text/index.ts';

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
 * Computes how much of the way from base to teacher each measure of style goes, with 95 % bootstrap intervals. A value is
 * null where base and teacher are equal, or a measure is undefined.
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
  const values = partsAt(Int32Array.from(student.keys()));
  const resampled = eachMeasure((): number[] => []);
  for (const indices of resample(student.length, options)) {
    const parts = partsAt(indices);
    eachMeasure((_, name) => {
      const part = parts[name];
      if (part !== null) resampled[name].push(part);
    });
  }
  return eachMeasure((_, name) => ({
    value: values[name],
    ...percentileInterval(values[name] === null ? [] : resampled[name]),
    n: student.length,
  }));
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
