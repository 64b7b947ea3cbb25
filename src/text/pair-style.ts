import { answerStructure } from './answer-structure.ts';
import { diceCoefficient } from './dice-coefficient.ts';
import { splitWords } from './split-words.ts';

/** Table 2's measures of one pair of answers to the same prompt. */
export interface PairStyle {
  teacherList: boolean;
  modelList: boolean;
  teacherSummary: boolean;
  modelSummary: boolean;
  /** Dice of token types, percent. */
  unigram: number;
  /** Length in words separated by white space. */
  teacherWords: number;
  modelWords: number;
}

/**
 * Computes the style measures of a teacher's and a model's answer to one prompt.
 *
 * @see Gudibande et al. 2023, Table 2
 * @example
 * pairStyle('It is blue.', 'The sky is blue.').modelWords; // 4
 */
export function pairStyle(teacher: string, model: string): PairStyle {
  const ofTeacher = answerStructure(teacher);
  const ofModel = answerStructure(model);
  return {
    teacherList: ofTeacher.listLines.length > 0,
    modelList: ofModel.listLines.length > 0,
    teacherSummary: ofTeacher.summary !== null,
    modelSummary: ofModel.summary !== null,
    unigram: diceCoefficient(teacher, model),
    teacherWords: splitWords(teacher).length,
    modelWords: splitWords(model).length,
  };
}
