import { modelFromName } from '../answers.ts';
import { hasFields, isId, isText, isTextOrNull } from '../fields.ts';
import { rowFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { categoryOf, requireId, requireText, textOf } from '../row.ts';

/**
 * Generations of the QLoRA evaluation on the FastChat questions. `generation` runs on past the answer,
 * into turns that the model wrote for the user; `generation_truncated` is the answer itself and is read.
 * The file's name starts with the model's: `13b-guanaco-vicuna-generations-topp0.9-temp0.7.jsonl`.
 */
export const qloraGenerations = rowFormat({
  name: 'qlora-generations',
  kind: 'answers',
  sign: 'rows of question_id, text and generation',
  fits: ({ value }) => hasFields(value, { question_id: isId, text: isText, generation: isTextOrNull }),
  read: (row, options) => {
    const model = options.model ?? modelFromName(options.name).replace(/-vicuna-generations-.*$/, '');
    const text = textOf(row, ['generation_truncated', 'generation']) ?? null;
    return {
      prompt: { id: requireId(row, ['question_id']), text: requireText(row, ['text']), ...categoryOf(row) },
      answers: [generationOf(row, { model, text }, options)],
    };
  },
});
