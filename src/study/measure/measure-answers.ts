import type { Generation } from '../../schema.ts';
import type { ResampleOptions } from '../../stats/index.ts';
import { pairStyle, summarizeStyle } from '../../text/index.ts';
import { styleJudge, truthJudge } from './judges.ts';
import { type Measurement, measured } from './measurement.ts';
import { type PairedAnswers, pairAnswers } from './pair-answers.ts';
import { measurePreference } from './preference.ts';
import { type LabelAnswer, measureTruth } from './truth.ts';

/**
 * Measures the answers of a model to the study's prompts by the teacher's: style, truth, and the preference of two
 * simulated judges, one that sees style only and one that knows the truth.
 *
 * @param teacher the teacher's answers, and `label` the known truth.
 */
export function measureAnswers(
  answers: readonly Generation[],
  { teacher, label }: { teacher: readonly Generation[]; label: LabelAnswer },
  options: ResampleOptions = {},
): Measurement[] {
  const paired = pairAnswers(teacher, answers);
  return [
    ...measureStyle(paired, options),
    measureTruth(answers, label, options),
    ...measurePreference('style', styleJudge, paired),
    ...measurePreference('truth', truthJudge(label), paired),
  ];
}

/**
 * Measures Table 2's style, and P(list | the teacher has none): shares, except `style.unigram` in percent and
 * `style.length` as Pearson's r; with 95 % bootstrap intervals over pairs.
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
    measured('style.summary', style.summary, unscored, 'no answer of the teacher has a summary paragraph'),
    measured('style.unigram', style.unigram, unscored, 'no prompt was answered by both'),
    measured('style.length', style.length, unscored, 'the answers of one side are all of one length'),
  ];
}
