import type { FileFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { recordsIn, withFields } from '../json-records.ts';
import { comparisonOf, isComparisonDocument } from '../parse-comparison.ts';
import { isRecord, requireId, rowOf, textOf } from '../row.ts';

/** The answers of a comparison: every column is a model, named by its id. */
export const comparisonAnswers: FileFormat = {
  name: 'comparison',
  sign: 'an object (or first line) of version 1 and answers, with items',
  unpack: document => {
    if (!isComparisonDocument(document)) return undefined;
    const { answers, items } = comparisonOf(document);
    const teacher = answers.find(({ role }) => role === 'teacher')?.id;
    return withFields(recordsIn(items, `${document.name} items`), { teacher });
  },
  fits: () => false,
  open: ([first], options) => {
    const teacher = first && textOf(first, ['teacher']);
    return {
      kind: 'answers',
      ...(teacher !== undefined && { teacher }),
      read: row => {
        const answers = isRecord(row.value.answers) ? Object.entries(row.value.answers) : [];
        // An empty prompt is one whose text nobody knew, not a text that prompts can be joined by.
        const text = textOf(row, ['prompt']) || undefined;
        const category = textOf(row, ['category']);
        return {
          prompt: {
            id: requireId(row, ['promptId']),
            ...(text !== undefined && { text }),
            ...(category !== undefined && { category }),
          },
          answers: answers.map(([model, answer]) => {
            const given = rowOf(answer, row.at);
            return generationOf(given, { model, text: textOf(given, ['text']) ?? null }, options);
          }),
        };
      },
    };
  },
};
