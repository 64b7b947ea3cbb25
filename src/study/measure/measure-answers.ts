import type { Generation } from '../../schema.ts';
import type { ResampleOptions } from '../../stats/index.ts';
import { styleJudge, truthJudge } from './judges.ts';
import type { Measurement } from './measurement.ts';
import { pairAnswers } from './pair-answers.ts';
import { measurePreference } from './preference.ts';
import { measureStyle } from './style.ts';
import { type LabelAnswer, measureTruth } from './truth.ts';

/**
 * What the answers of a model to the study's prompts are worth beside the teacher's: style, truth, and how two
 * simulated judges prefer them, one that sees style alone and one that knows the truth.
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
