import type { Estimate } from '../schema.ts';
import type { ResampleOptions } from '../stats/index.ts';
import { MeanEstimates } from './mean-estimates.ts';
import type { OwnOverlap } from './own-overlap.ts';
import {
  atLeast,
  FEWEST,
  type Label,
  needed,
  type Placement,
  placeOnScale,
  sideOfZero,
  tooFew,
  undecided,
} from './place-on-scale.ts';

/** Answers to the same prompts, of a student and of those beside whom its content is measured. */
export interface ContentTexts {
  teacher: readonly string[];
  student: readonly string[];
  base?: readonly string[] | undefined;
  secondTeacher?: readonly string[] | undefined;
}

/** Similarity of what a student says to what its teacher says, measured without a judge. */
export interface Content extends Pick<Placement, 'n_needed' | 'reason'> {
  label: Label;
  /** Own overlap with the teacher's answers, percent: of the student, the base and the second teacher sample. */
  student: Estimate;
  base: Estimate | null;
  secondTeacher: Estimate | null;
  /** Student less base, percent. */
  aboveBase: Estimate | null;
  /** Place between the base and the second teacher sample; null without either. */
  placement: Placement | null;
  /** True where it is like the teacher because it is above the base, without a second sample to compare with. */
  isAboveBase: boolean;
  /** Prompts left out, since the teacher's answer has no content word. */
  unmeasured: number;
}

/**
 * Concludes whether a student's answers say what its teacher's do, by {@link OwnOverlap}: `other` if it has none;
 * otherwise its place between base and second teacher sample. Without a second sample only `like-teacher` can be
 * concluded: above the base, or equal to the teacher. Answers that are all the base's own are like the base.
 */
export function contentOf(
  overlap: OwnOverlap,
  { teacher, student, base, secondTeacher }: ContentTexts,
  options: ResampleOptions = {},
): Content {
  const own = overlap.of(student);
  const ofBase = base && overlap.of(base);
  const ofSecond = secondTeacher && overlap.of(secondTeacher);
  const equalTo = (texts: readonly string[] | undefined) => student.every((text, i) => text === texts?.[i]);
  const columns = [own, ofBase, ofSecond].filter(values => values !== undefined);
  const means = new MeanEstimates(columns, options);
  const estimateOf = (values: Float64Array | undefined) =>
    values ? means.of(columns.indexOf(values)) : null;
  const aboveBase = ofBase ? means.difference(0, columns.indexOf(ofBase)) : null;
  const placement =
    ofBase && ofSecond ? placeOnScale({ student: own, base: ofBase, teacher: ofSecond }, options) : null;
  const measured = {
    student: means.of(0),
    base: estimateOf(ofBase),
    secondTeacher: estimateOf(ofSecond),
    aboveBase,
    placement,
    isAboveBase: placement === null && !equalTo(teacher) && aboveBase !== null && sideOfZero(aboveBase) > 0,
    unmeasured: student.length - own.length,
  };
  const equal = equalTo(teacher) ? 'like-teacher' : equalTo(base) ? 'like-base' : undefined;
  return { ...conclusion(own, ofBase, equal, measured), ...measured };
}

function conclusion(
  own: Float64Array,
  ofBase: Float64Array | undefined,
  equal: Label | undefined,
  { student, aboveBase, placement }: Pick<Content, 'student' | 'aboveBase' | 'placement'>,
): Pick<Content, 'label' | 'n_needed' | 'reason'> {
  if (own.length < FEWEST) return undecided(tooFew(own.length), atLeast(FEWEST, needed(own)));
  if (equal !== undefined) return { label: equal };
  if (sideOfZero(student) < 1) return { label: 'other' };
  if (placement !== null) {
    const { label, n_needed, reason } = placement;
    return { label, ...(n_needed !== undefined && { n_needed }), ...(reason !== undefined && { reason }) };
  }
  if (ofBase === undefined || aboveBase === null)
    return { label: 'not-measured', reason: 'the base’s answers are required' };
  if (sideOfZero(aboveBase) > 0) return { label: 'like-teacher' };
  const difference = own.map((value, i) => value - (ofBase[i] ?? 0));
  const isBelow = (aboveBase.value ?? 0) <= 0;
  return undecided(
    'not above the base; a second sample of the teacher would place it',
    isBelow ? null : needed(difference),
  );
}
