import { type AnswerWords, type BareAnswer, bareAnswer } from '../conversation/index.ts';
import { type Answers, type JoinedItem, joinAnswers } from '../readers/index.ts';
import type { Duplicate, Prompt, Unmatched } from '../schema.ts';
import type { ResampleOptions } from '../stats/index.ts';
import { pairStyle, type StyleSummary, summarizeStyle, tokenlessNote, unigrams } from '../text/index.ts';
import { requireModel } from './columns.ts';
import { uniqueIds } from './unique-ids.ts';

/** Words of a model's answers that were measured and that were cut before, over all prompts that both answered. */
export interface CutWords extends AnswerWords {
  /** Number of answers of which a part was cut. */
  answers: number;
}

/** Table 2 for one pair of models, and what could not be measured. */
export interface StyleComparison extends StyleSummary {
  /** The models' names; the second of two equal names bears a number. */
  teacher: string;
  model: string;
  /** Words kept as answers, and cut as reasoning or as echoes of prompts. */
  words: { teacher: CutWords; model: CutWords };
  /** Number of prompts whose text is in no file, so that no echo of them could be cut. */
  unknownPrompts: number;
  /** Prompts that lack an answer, and whose: absent from the file, or a failed call. Never scored. */
  unmatched: Unmatched[];
  /** Second answers to the same prompt, left out. */
  duplicates: Duplicate[];
  /** Number of answers in which the unigram overlap sees no word; absent where there are none. */
  note?: string;
}

/** Options of {@link compareStyle}. */
export interface CompareStyleOptions extends ResampleOptions {
  /** Texts of the prompts, where the answers' own files do not hold them. */
  prompts?: readonly Prompt[];
}

/**
 * Compares the style of a model with its teacher's, over the prompts that both answered: shares of lists and summary
 * paragraphs as fractions, each where the teacher has one, where it has none, and their difference J; unigram overlap in
 * percent and length as Pearson's r; with the 95 % intervals of `summarizeStyle`. Reasoning and echoed prompts are cut
 * before.
 *
 * @param options seed and number of the bootstrap's resamples; prompts.
 * @throws {Error} if either side holds no answers, or those of several models.
 * @see Gudibande et al. 2023, Table 2
 * @example
 * // Needs public records.
 * compareStyle(await loadAnswers('fastchat/gpt35'), await loadAnswers('fastchat/vicuna-13b')).list.value // 0.913…
 */
export function compareStyle(
  teacher: Answers,
  model: Answers,
  { prompts = [], ...options }: CompareStyleOptions = {},
): StyleComparison {
  const [teacherId = '', modelId = ''] = uniqueIds([requireModel(teacher), requireModel(model)]);
  const { items, unmatched, duplicates } = joinAnswers(
    [
      { id: teacherId, answers: teacher },
      { id: modelId, answers: model },
    ],
    prompts,
  );
  const both = items.filter(({ answers }) => answers[teacherId] && answers[modelId]);
  const ofTeacher = both.map(item => bareAnswerOf(item, teacherId));
  const ofModel = both.map(item => bareAnswerOf(item, modelId));
  const note = tokenlessNote(
    'The unigram overlap counts words of a–z and 0–9',
    [...ofTeacher, ...ofModel].map(({ text }) => text),
    unigrams,
    'Answers in other scripts share 0 % by it; lists, summaries and lengths count in all scripts.',
  );
  const pairs = ofTeacher.map(({ text }, i) => pairStyle(text, ofModel[i]?.text ?? ''));
  return {
    ...summarizeStyle(pairs, options),
    teacher: teacherId,
    model: modelId,
    words: { teacher: cutWords(ofTeacher), model: cutWords(ofModel) },
    unknownPrompts: both.filter(({ prompt }) => prompt === undefined).length,
    unmatched,
    duplicates,
    ...(note !== undefined && { note }),
  };
}

function bareAnswerOf({ prompt, answers }: JoinedItem, id: string): BareAnswer {
  const answer = answers[id];
  return bareAnswer(answer?.text ?? '', { prompt: prompt?.text, reasoning: answer?.reasoning });
}

/** Counts the words that were kept of answers, and those that were cut. */
export function cutWords(answers: readonly BareAnswer[]): CutWords {
  const total = (count: (words: AnswerWords) => number) =>
    answers.reduce((sum, { words }) => sum + count(words), 0);
  return {
    answers: answers.filter(({ words }) => words.reasoning + words.echo > 0).length,
    kept: total(words => words.kept),
    reasoning: total(words => words.reasoning),
    echo: total(words => words.echo),
  };
}
