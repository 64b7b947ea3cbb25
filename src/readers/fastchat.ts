import type { AnswerFormat } from './answer-format.ts';
import { modelFromName, PromptList, requireId } from './answers.ts';
import { generationOf } from './generation.ts';
import type { ParsedDocument } from './parse-document.ts';
import { promptOf } from './prompt-of.ts';
import { ReadError } from './read-error.ts';
import { textOf } from './row.ts';

const ID = ['question_id'];

/** Answers of the FastChat evaluation: one model a file, prompts known by `question_id` alone. */
export const fastchatAnswers: AnswerFormat = {
  name: 'fastchat-answers',
  sign: 'rows of question_id, text, and model_id or answer_id',
  fits: document =>
    has(document, 'question_id', 'text') && (has(document, 'model_id') || has(document, 'answer_id')),
  read: ({ rows, name }, options) => ({
    prompts: [],
    generations: rows.map(row => {
      const model = textOf(row, ['model_id']) ?? options.model ?? modelFromName(name);
      const answer = { promptId: requireId(row, ID), model, text: textOf(row, ['text']) ?? null };
      return generationOf(row, answer, options);
    }),
  }),
};

/** The questions of the FastChat evaluation: text and category, no answers. */
export const fastchatQuestions: AnswerFormat = {
  name: 'fastchat-questions',
  sign: 'rows of question_id, text and category',
  fits: document => has(document, 'question_id', 'text', 'category'),
  read: ({ rows, name }) => {
    const prompts = new PromptList();
    for (const row of rows)
      prompts.add(promptOf(row, ['text'], { id: requireId(row, ID), source: name }), row.at);
    return { prompts: prompts.list(), generations: [] };
  },
};

/** A judge's reviews of two answers: recognised, so that the error can say what the file is. */
export const fastchatReviews: AnswerFormat = {
  name: 'fastchat-reviews',
  sign: 'rows of review_id, answer1_id and answer2_id (recognised, not read)',
  fits: document => has(document, 'review_id', 'answer1_id', 'answer2_id'),
  read: ({ name }) => {
    throw new ReadError({
      at: name,
      required: 'a file of answers or questions',
      found: 'a judge’s reviews, which refer to answers in other files',
    });
  },
};

function has({ rows }: ParsedDocument, ...keys: string[]): boolean {
  const first = rows[0];
  return first !== undefined && keys.every(key => key in first.value);
}
