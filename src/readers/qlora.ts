import type { AnswerFormat } from './answer-format.ts';
import { modelFromName, PromptList, requireId } from './answers.ts';
import { generationOf } from './generation.ts';
import { promptOf } from './prompt-of.ts';
import { textOf } from './row.ts';

/**
 * Generations of the QLoRA evaluation on the FastChat questions. `generation` runs on past the answer,
 * into turns that the model wrote for the user; `generation_truncated` is the answer itself and is read.
 * The file's name starts with the model's: `13b-guanaco-vicuna-generations-topp0.9-temp0.7.jsonl`.
 */
export const qloraGenerations: AnswerFormat = {
  name: 'qlora-generations',
  sign: 'rows of question_id, text and generation',
  fits: ({ rows: [first] }) =>
    first !== undefined && ['question_id', 'text', 'generation'].every(key => key in first.value),
  read: ({ rows, name }, options) => {
    const model = options.model ?? modelFromName(name).replace(/-vicuna-generations-.*$/, '');
    const prompts = new PromptList();
    const generations = rows.map(row => {
      const promptId = requireId(row, ['question_id']);
      prompts.add(promptOf(row, ['text'], { id: promptId, source: name }), row.at);
      const text = textOf(row, ['generation_truncated', 'generation']) ?? null;
      return generationOf(row, { promptId, model, text }, options);
    });
    return { prompts: prompts.list(), generations };
  },
};
