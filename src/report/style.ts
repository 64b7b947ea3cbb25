import type { ResampleOptions } from '../stats/index.ts';
import { pairStyle, type StyleSummary, summarizeStyle } from '../text/index.ts';
import type { AlignedTexts } from './aligned.ts';
import { type Placement, placeOnScale } from './place-on-scale.ts';
import type { StyleClassifier } from './style-scores.ts';

/** Similarity of a student's style to its teacher's. */
export interface Style {
  /** Place by the classifier of form; null without a base. */
  placement: Placement | null;
  /** Measures of Table 2 beside the teacher, which do not enter the placement. */
  student: StyleSummary;
  base: StyleSummary | null;
  secondTeacher: StyleSummary | null;
}

/**
 * Measures the style of a student: its place between base and teacher by a classifier of form, and each of Table 2's
 * measures by itself.
 *
 * @param classifier of the same teacher's and base's texts; undefined without a base.
 */
export function styleOf(
  { teacher, student, base, secondTeacher }: AlignedTexts,
  classifier: StyleClassifier | undefined,
  options: ResampleOptions = {},
): Style {
  const besideTeacher = (texts: readonly string[]) =>
    summarizeStyle(
      teacher.map((text, i) => pairStyle(text, texts[i] ?? '')),
      options,
    );
  return {
    placement: classifier === undefined ? null : placed(classifier, { student, secondTeacher }, options),
    student: besideTeacher(student),
    base: base ? besideTeacher(base) : null,
    secondTeacher: secondTeacher ? besideTeacher(secondTeacher) : null,
  };
}

function placed(
  classifier: StyleClassifier,
  { student, secondTeacher }: Pick<AlignedTexts, 'student' | 'secondTeacher'>,
  options: ResampleOptions,
): Placement {
  const scores = classifier.score(secondTeacher === undefined ? [student] : [student, secondTeacher]);
  const [ofStudent = new Float64Array(), ofSecond] = scores.others;
  return placeOnScale(
    { student: ofStudent, base: scores.base, teacher: ofSecond ?? scores.teacher },
    options,
  );
}
