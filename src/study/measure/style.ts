import type { ResampleOptions } from '../../stats/index.ts';
import { pairStyle, summarizeStyle } from '../../text/index.ts';
import { type Measurement, measured } from './measurement.ts';
import type { PairedAnswers } from './pair-answers.ts';

/**
 * Table 2's measures, and P(list | the teacher has none): shares, but `style.unigram` in percent and `style.length`
 * as Pearson's r; with 95 % bootstrap intervals over pairs.
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
