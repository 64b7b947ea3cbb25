import { type Answers, joinAnswers } from '../readers/index.ts';
import type { Duplicate, Unmatched } from '../schema.ts';
import type { ResampleOptions } from '../stats/index.ts';
import { pairStyle, type StyleSummary, summarizeStyle, tokenlessNote, unigrams } from '../text/index.ts';
import { requireModel } from './columns.ts';
import { uniqueIds } from './unique-ids.ts';

/** Table 2 for one pair of models, and what could not be measured. */
export interface StyleComparison extends StyleSummary {
  /** The models' names; the second of two equal names bears a number. */
  teacher: string;
  model: string;
  /** Prompts that lack an answer, and whose: absent from the file, or a failed call. Never scored. */
  unmatched: Unmatched[];
  /** Second answers to the same prompt, left out. */
  duplicates: Duplicate[];
  /** Number of answers in which the unigram overlap sees no word; absent where there are none. */
  note?: string;
}

/**
 * Compares the style of a model with its teacher's, over the prompts that both answered: shares of lists and summary
 * paragraphs as fractions, unigram overlap in percent, length as Pearson's r, each with a 95 % bootstrap interval.
 *
 * @param options seed and number of the bootstrap's resamples.
 * @throws {Error} if either side holds no answers, or those of several models.
 * @see Gudibande et al. 2023, Table 2
 * @example
 * // Needs public records.
 * compareStyle(await loadAnswers('fastchat/gpt35'), await loadAnswers('fastchat/vicuna-13b')).list.value // 0.913…
 */
export function compareStyle(
  teacher: Answers,
  model: Answers,
  options: ResampleOptions = {},
): StyleComparison {
  const [teacherId = '', modelId = ''] = uniqueIds([requireModel(teacher), requireModel(model)]);
  const { items, unmatched, duplicates } = joinAnswers([
    { id: teacherId, answers: teacher },
    { id: modelId, answers: model },
  ]);
  const texts = items.flatMap(({ answers }): [string, string][] => {
    const [ofTeacher, ofModel] = [answers[teacherId], answers[modelId]];
    return ofTeacher && ofModel ? [[ofTeacher.text, ofModel.text]] : [];
  });
  const note = tokenlessNote(
    'The unigram overlap counts words of a–z and 0–9',
    texts.flat(),
    unigrams,
    'Answers in other scripts share 0 % by it; lists, summaries and lengths count in all scripts.',
  );
  const pairs = texts.map(pair => pairStyle(...pair));
  return {
    ...summarizeStyle(pairs, options),
    teacher: teacherId,
    model: modelId,
    unmatched,
    duplicates,
    ...(note !== undefined && { note }),
  };
}
