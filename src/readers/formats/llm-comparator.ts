import { hasFields, isText, isTextOrNull } from '../fields.ts';
import { rowFormat } from '../file-format.ts';
import { recordsIn, withFields } from '../json-records.ts';
import { isRecord, requireText, textOf } from '../row.ts';
import { choiceOf, pairContent } from './choice.ts';

/** A file of LLM Comparator: two models' outputs and a score, above 0 where the first is better. */
export const llmComparator = rowFormat({
  name: 'llm-comparator',
  kind: 'answers',
  sign: 'an object of models and examples, each with input_text, output_text_a and output_text_b',
  unpack: ({ whole, name }) => {
    if (!whole || !Array.isArray(whole.models) || !Array.isArray(whole.examples)) return undefined;
    const [model_a = 'A', model_b = 'B'] = whole.models.map(model => (isRecord(model) ? model.name : model));
    return withFields(recordsIn(whole.examples, `${name} examples`), { model_a, model_b });
  },
  fits: ({ value }) =>
    hasFields(value, { input_text: isText, output_text_a: isTextOrNull, output_text_b: isTextOrNull }),
  read: (row, options) => {
    const { score, tags } = row.value;
    const category: unknown = Array.isArray(tags) ? tags[0] : undefined;
    const pair = {
      left: { model: textOf(row, ['model_a']) ?? 'A', text: textOf(row, ['output_text_a']) ?? null },
      right: { model: textOf(row, ['model_b']) ?? 'B', text: textOf(row, ['output_text_b']) ?? null },
      choice: typeof score === 'number' ? choiceOf(score) : undefined,
      annotator: 'llm-comparator',
    };
    return {
      prompt: { text: requireText(row, ['input_text']), ...(typeof category === 'string' && { category }) },
      ...pairContent(row, pair, options),
    };
  },
});
