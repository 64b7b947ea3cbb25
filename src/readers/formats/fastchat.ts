import { modelOfFile } from '../answers.ts';
import { hasFields, isId, isText, isTextOrNull } from '../fields.ts';
import { rowFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { categoryOf, requireId, requireText, textOf } from '../row.ts';

const ID = ['question_id'];

/** Answers of the FastChat evaluation: one model a file, prompts known by `question_id` alone. */
export const fastchatAnswers = rowFormat({
  name: 'fastchat-answers',
  kind: 'answers',
  sign: 'rows of question_id, text, and model_id or answer_id',
  fits: ({ value }) =>
    hasFields(value, { question_id: isId, text: isTextOrNull }) &&
    ('model_id' in value || 'answer_id' in value),
  read: (row, options) => {
    const model = textOf(row, ['model_id']) ?? modelOfFile(options);
    const text = textOf(row, ['text']) ?? null;
    return { prompt: { id: requireId(row, ID) }, answers: [generationOf(row, { model, text }, options)] };
  },
});

/** The questions of the FastChat evaluation: text and category, no answers. */
export const fastchatQuestions = rowFormat({
  name: 'fastchat-questions',
  kind: 'prompts',
  sign: 'rows of question_id, text and category',
  fits: ({ value }) => hasFields(value, { question_id: isId, text: isText, category: isText }),
  read: row => ({
    prompt: { id: requireId(row, ID), text: requireText(row, ['text']), ...categoryOf(row) },
    answers: [],
  }),
});

/** A judge's reviews of two answers, which are in other files. */
export const fastchatReviews = rowFormat({
  name: 'fastchat-reviews',
  kind: 'reviews',
  sign: 'rows of question_id, answer1_id, answer2_id and text',
  fits: ({ value }) =>
    hasFields(value, { question_id: isId, answer1_id: isText, answer2_id: isText, text: isTextOrNull }),
  read: row => ({ prompt: { id: requireId(row, ID) }, answers: [] }),
});
