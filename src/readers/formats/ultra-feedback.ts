import { hasFields, isText, isTextOrNull, listOf, objectOf } from '../fields.ts';
import { rowFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { categoryOf, requireText, rowsUnder, textOf } from '../row.ts';

/** UltraFeedback: the completions of several models to an instruction. */
export const ultraFeedback = rowFormat({
  name: 'ultrafeedback',
  kind: 'answers',
  sign: 'rows of instruction, and completions with model and response',
  fits: ({ value }) =>
    hasFields(value, {
      instruction: isText,
      completions: listOf(objectOf({ model: isText, response: isTextOrNull })),
    }),
  read: (row, options) => ({
    prompt: { text: requireText(row, ['instruction']), ...categoryOf(row) },
    answers: rowsUnder(row, 'completions').map(completion => {
      const model = requireText(completion, ['model']);
      return generationOf(completion, { model, text: textOf(completion, ['response']) ?? null }, options);
    }),
  }),
});
