import type { Estimate } from '../schema.ts';
import {
  type Interval,
  mean,
  percentileInterval,
  type ResampleOptions,
  resample,
  standardDeviation,
} from '../stats/index.ts';

/** Values of one measure by prompt or item, of a student and of both ends of the scale, in the same order. */
export interface ScaledValues {
  student: ArrayLike<number>;
  base: ArrayLike<number>;
  /** Values of the teacher, or of its second sample. */
  teacher: ArrayLike<number>;
}

/** Conclusion on where a student lies between its base and its teacher. */
export const LABELS = ['like-teacher', 'between', 'like-base', 'other', 'undecided', 'not-measured'] as const;
export type Label = (typeof LABELS)[number];

/** A student's place on the scale from its base (0) to its teacher (1). */
export interface Placement {
  label: Label;
  /** Part of the way from base to teacher, with its 95 % bootstrap interval. */
  position: Estimate;
  /** Teacher less base, with its interval: the length of the scale. */
  scale: Estimate;
  /** Prompts or items with which it would be decided; null where more than a hundred times as many are needed. */
  n_needed?: number | null;
  /** Reason why it is undecided. */
  reason?: string;
}

/** Fewest prompts or items from which anything is concluded. */
export const FEWEST = 30;
/** Boundaries of the labels, in parts of the way from base to teacher. */
const OTHER = -0.25;
const BASE = 0.25;
const TEACHER = 0.75;
/** Standard errors by which an effect must differ from a boundary: 5 % two-sided, power 80 %. */
const DETECTABLE = 2.8;
/** No more than this many times as many prompts are proposed. */
const MOST_TIMES = 100;

/**
 * Places a student between its base and its teacher: d(c) = (S − B) − c (T − B) decides against each boundary c, with a
 * bootstrap over prompts. The measure is turned round where the base is the higher one.
 *
 * @param options seed and number of the resamples; default 2,000.
 * @throws {RangeError} if the lists differ in length.
 * @example
 * const values = Array.from({ length: 40 }, (_, i) => i % 3);
 * const teacher = values.map(value => value + 1);
 * placeOnScale({ student: teacher, base: values, teacher }).label; // 'like-teacher'
 */
export function placeOnScale(
  { student, base, teacher }: ScaledValues,
  options: ResampleOptions = {},
): Placement {
  const n = student.length;
  if (base.length !== n || teacher.length !== n)
    throw new RangeError(
      `Cannot place on a scale: the lists must be equally long, found ${n}, ${base.length} and ${teacher.length}`,
    );
  const way = differences(student, base);
  const whole = differences(teacher, base);
  const sign = (mean(whole) ?? 0) < 0 ? -1 : 1;
  const scale = new Scale(scaled(way, sign), scaled(whole, sign), options);
  return { ...scale.decision(), position: scale.position(), scale: { ...scale.length(), n } };
}

function differences(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return Float64Array.from(a, (value, i) => value - (b[i] as number));
}

function scaled(values: Float64Array, sign: number): Float64Array {
  return values.map(value => sign * value);
}

/** Means of S − B and of T − B over all prompts, and over resamples of them. */
class Scale {
  readonly #way: Float64Array;
  readonly #whole: Float64Array;
  readonly #wayMeans: number[] = [];
  readonly #wholeMeans: number[] = [];

  constructor(way: Float64Array, whole: Float64Array, options: ResampleOptions) {
    this.#way = way;
    this.#whole = whole;
    for (const indices of resample(way.length, options)) {
      let [ofWay, ofWhole] = [0, 0];
      for (const index of indices) {
        ofWay += way[index] as number;
        ofWhole += whole[index] as number;
      }
      this.#wayMeans.push(ofWay / indices.length);
      this.#wholeMeans.push(ofWhole / indices.length);
    }
  }

  length(): Interval & { value: number | null } {
    return { value: mean(this.#whole), ...percentileInterval(this.#wholeMeans) };
  }

  /** Part of the way; null where teacher and base are equal. */
  position(): Estimate {
    const [way, whole, n] = [mean(this.#way), mean(this.#whole), this.#way.length];
    if (way === null || whole === null || whole === 0) return { value: null, low: null, high: null, n };
    const ratios = this.#wayMeans.map((value, i) => value / (this.#wholeMeans[i] as number));
    return { value: way / whole, ...percentileInterval(ratios.filter(Number.isFinite)), n };
  }

  decision(): Pick<Placement, 'label' | 'n_needed' | 'reason'> {
    const n = this.#way.length;
    const boundary = this.#nearestBoundary();
    if (n < FEWEST) return undecided(tooFew(n), atLeast(FEWEST, needed(this.#distances(boundary))));
    const { low, high } = this.length();
    if (holdsZero({ low, high }))
      return undecided('the teacher cannot be distinguished from the base', needed(this.#whole));
    const [other, base, teacher] = [this.#side(OTHER), this.#side(BASE), this.#side(TEACHER)];
    if (other < 0) return { label: 'other' };
    if (base < 0) return { label: 'like-base' };
    if (teacher > 0) return { label: 'like-teacher' };
    if (base > 0 && teacher < 0) return { label: 'between' };
    return undecided(
      `the interval holds ${boundary} of the way from base to teacher`,
      needed(this.#distances(boundary)),
    );
  }

  #nearestBoundary(): number {
    const { value } = this.position();
    return Math.abs((value ?? 0) - BASE) <= Math.abs((value ?? 0) - TEACHER) ? BASE : TEACHER;
  }

  /** Distances d(c) from a boundary by prompt. */
  #distances(boundary: number): Float64Array {
    return this.#way.map((value, i) => value - boundary * (this.#whole[i] as number));
  }

  /** Returns 1 where the interval of d(c) lies above 0, −1 where it lies below, else 0. */
  #side(boundary: number): number {
    return sideOfZero(
      percentileInterval(
        this.#wayMeans.map((value, i) => value - boundary * (this.#wholeMeans[i] as number)),
      ),
    );
  }
}

/** Returns 1 for an interval above 0, −1 for one below, 0 for one that holds 0 or has no bounds. */
export function sideOfZero({ low, high }: Interval): -1 | 0 | 1 {
  if (low !== null && low > 0) return 1;
  return high !== null && high < 0 ? -1 : 0;
}

function holdsZero(interval: Interval): boolean {
  return sideOfZero(interval) === 0;
}

/** Makes the outcome of what cannot be decided. */
export function undecided(
  reason: string,
  n_needed: number | null,
): { label: 'undecided'; n_needed: number | null; reason: string } {
  return { label: 'undecided', n_needed, reason };
}

/** Reason where there are too few prompts to conclude anything. */
export function tooFew(n: number): string {
  return `at least ${FEWEST} prompts are required, found ${n}`;
}

/**
 * Computes how many values like these would distinguish their mean from 0 with a power of 80 %.
 *
 * @returns null where the mean is 0, there are fewer than two values, or more than a hundred times as many are needed.
 */
export function needed(values: Float64Array): number | null {
  const n = values.length;
  const [effect, sd] = [mean(values), standardDeviation(values)];
  if (effect === null || sd === null || effect === 0) return null;
  const count = Math.ceil((DETECTABLE * sd) ** 2 / effect ** 2);
  return count > MOST_TIMES * n ? null : count;
}

/** Raises a number of prompts to the fewest that are required. */
export function atLeast(fewest: number, count: number | null): number | null {
  return count === null ? null : Math.max(fewest, count);
}
