import type { Generation } from '../../schema.ts';

/** A teacher's and a model's answer to one prompt. */
export interface AnswerPair {
  promptId: string;
  teacher: string;
  model: string;
}

/** Pairs of answers to the same prompts. */
export interface PairedAnswers {
  pairs: AnswerPair[];
  /** Number of prompts that one of the two did not answer. */
  unscored: number;
}

/** Pairs a teacher's answers with a model's, in the order of the teacher's. A failed call is no answer. */
export function pairAnswers(teacher: readonly Generation[], model: readonly Generation[]): PairedAnswers {
  const texts = new Map(model.flatMap(({ promptId, text }) => (text === null ? [] : [[promptId, text]])));
  const pairs = teacher.flatMap(({ promptId, text }) => {
    const other = texts.get(promptId);
    return text === null || other === undefined ? [] : [{ promptId, teacher: text, model: other }];
  });
  const prompts = new Set([...teacher, ...model].map(({ promptId }) => promptId));
  return { pairs, unscored: prompts.size - pairs.length };
}
