import type { ResampleOptions } from '../stats/index.ts';
import { type PairStyle, pairStyle, type StyleSummary, summarizeStyle } from '../text/index.ts';
import type { AlignedTexts } from './aligned.ts';
import { type Placement, placeOnScale } from './place-on-scale.ts';
import { type StyleParts, styleParts } from './style-parts.ts';
import { StyleClassifier } from './style-scores.ts';

/** Similarity of a student's style to its teacher's. */
export interface Style {
  /** Place by the classifier of form; null without a base. */
  placement: Placement | null;
  /** Measures of Table 2 beside the teacher, which do not enter the placement. */
  student: StyleSummary;
  base: StyleSummary | null;
  secondTeacher: StyleSummary | null;
  /** Part of the way from base to teacher of each measure; null without a base. */
  parts: StyleParts | null;
}

/** Style of those beside whom students are measured, which is the same for students with the same prompts. */
export interface StyleScale {
  /** Classifier of the teacher’s and the base’s texts; undefined without a base. */
  classifier: StyleClassifier | undefined;
  base: MeasuredStyle | undefined;
  secondTeacher: MeasuredStyle | undefined;
}

/** Pairs with the teacher's answers, and their summary. */
interface MeasuredStyle {
  pairs: readonly PairStyle[];
  summary: StyleSummary;
}

/** Measures the style of base and second teacher sample beside the teacher's. */
export function styleScale(
  { teacher, base, secondTeacher }: Omit<AlignedTexts, 'student'>,
  options: ResampleOptions = {},
): StyleScale {
  return {
    classifier: base && new StyleClassifier({ teacher, base }, options),
    base: base && besideTeacher(teacher, base, options),
    secondTeacher: secondTeacher && besideTeacher(teacher, secondTeacher, options),
  };
}

/**
 * Measures the style of a student: its place between base and teacher by a classifier of form, and each of Table 2's
 * measures by itself.
 *
 * @param scale of the same prompts.
 */
export function styleOf(
  { teacher, student, secondTeacher }: AlignedTexts,
  scale: StyleScale,
  options: ResampleOptions = {},
): Style {
  const { classifier, base, secondTeacher: second } = scale;
  const own = besideTeacher(teacher, student, options);
  const ends = base && { base: base.pairs, secondTeacher: second?.pairs };
  return {
    placement: classifier === undefined ? null : placed(classifier, { student, secondTeacher }, options),
    student: own.summary,
    base: base?.summary ?? null,
    secondTeacher: second?.summary ?? null,
    parts: ends ? styleParts({ student: own.pairs, ...ends }, options) : null,
  };
}

function besideTeacher(
  teacher: readonly string[],
  texts: readonly string[],
  options: ResampleOptions,
): MeasuredStyle {
  const pairs = teacher.map((text, i) => pairStyle(text, texts[i] ?? ''));
  return { pairs, summary: summarizeStyle(pairs, options) };
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
