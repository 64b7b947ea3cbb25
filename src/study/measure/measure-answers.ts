import type { Generation } from '../../schema.ts';
import type { ResampleOptions } from '../../stats/index.ts';
import { pairStyle, summarizeStyle } from '../../text/index.ts';
import { type FollowAnswer, measureAdherence } from './adherence.ts';
import { afterAdherence, styleJudge, truthJudge } from './judges.ts';
import { type Measurement, measured } from './measurement.ts';
import { type PairedAnswers, pairAnswers } from './pair-answers.ts';
import { measurePreference } from './preference.ts';
import { type LabelAnswer, measureTruth } from './truth.ts';

/** Knowledge of the answers to a study's prompts. */
export interface KnownAnswers {
  /** The teacher's answers. */
  teacher: readonly Generation[];
  label: LabelAnswer;
  follow: FollowAnswer;
}

/**
 * Measures the answers of a model to the study's prompts by the teacher's: adherence, style, truth, and the preference of
 * two simulated judges, one that sees style only and one that knows the truth, both after adherence; and theirs among
 * the pairs whose answers both do what was asked.
 */
export function measureAnswers(
  answers: readonly Generation[],
  { teacher, label, follow }: KnownAnswers,
  options: ResampleOptions = {},
): Measurement[] {
  const paired = pairAnswers(teacher, answers);
  const adheres = (promptId: string, text: string) => follow({ promptId, text }).adheres;
  const adhering = paired.pairs.filter(
    ({ promptId, teacher, model }) => adheres(promptId, teacher) && adheres(promptId, model),
  );
  const both = { pairs: adhering, unscored: paired.unscored };
  const judges = { style: styleJudge, truth: truthJudge(label) };
  return [
    ...measureAdherence(answers, follow),
    ...measureStyle(paired, options),
    measureTruth(answers, label, options),
    ...measurePreference('style', afterAdherence(judges.style, follow), paired),
    ...measurePreference('truth', afterAdherence(judges.truth, follow), paired),
    ...measurePreference('style-adhering', judges.style, both),
    ...measurePreference('truth-adhering', judges.truth, both),
  ];
}

/** Reason where a difference J has no value. */
const FEW = 'fewer than 10 answers of the teacher have it, or have it not';

/**
 * Measures Table 2's style, with the converse of its two shares and their differences J: shares, except `style.unigram`
 * in percent and `style.length` as Pearson's r; with 95 % bootstrap intervals over pairs, those of J Newcombe's.
 *
 * @see Gudibande et al. 2023, Table 2
 */
export function measureStyle(
  { pairs, unscored }: PairedAnswers,
  options: ResampleOptions = {},
): Measurement[] {
  const style = summarizeStyle(
    pairs.map(({ teacher, model }) => pairStyle(teacher, model)),
    options,
  );
  return [
    measured('style.list', style.list, unscored, 'no answer of the teacher has a list'),
    measured('style.no-list', style.listWithout, unscored, 'every answer of the teacher has a list'),
    measured('style.list-difference', style.listDifference, unscored, FEW),
    measured('style.summary', style.summary, unscored, 'no answer of the teacher has a summary paragraph'),
    measured('style.no-summary', style.summaryWithout, unscored, 'every answer of the teacher has one'),
    measured('style.summary-difference', style.summaryDifference, unscored, FEW),
    measured('style.unigram', style.unigram, unscored, 'no prompt was answered by both'),
    measured('style.length', style.length, unscored, 'the answers of one side are all of one length'),
  ];
}
