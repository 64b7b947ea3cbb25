import { hasFields, isId, isText, isTextOrNull } from '../fields.ts';
import { type FileFormat, rowFormat } from '../file-format.ts';
import { categoryOf, requireText, textOf } from '../row.ts';
import { table } from '../table/table.ts';
import { choiceOf, pairContent } from './choice.ts';

/** Outputs as AlpacaEval keeps them: a table of instruction, output, generator and dataset. */
export const alpacaEvalOutputs: FileFormat = {
  ...table,
  name: 'alpaca-eval',
  sign: 'rows of instruction, output and generator',
  fits: ({ value }) => hasFields(value, { instruction: isText, output: isTextOrNull, generator: isText }),
};

/** Annotations of AlpacaEval: two outputs and the annotator's preference, 1 for the first to 2 for the second. */
export const alpacaEvalAnnotations = rowFormat({
  name: 'alpaca-eval-annotations',
  kind: 'answers',
  sign: 'rows of instruction, output_1, output_2, generator_1 and generator_2',
  fits: ({ value }) =>
    hasFields(value, {
      instruction: isText,
      output_1: isTextOrNull,
      output_2: isTextOrNull,
      generator_1: isId,
      generator_2: isId,
    }),
  read: (row, options) => {
    const side = (number: 1 | 2) => ({
      model: requireText(row, [`generator_${number}`]),
      text: textOf(row, [`output_${number}`]) ?? null,
    });
    const { preference } = row.value;
    const choice = typeof preference === 'number' ? choiceOf(1.5 - preference) : undefined;
    const annotator = textOf(row, ['annotator']) ?? 'annotator';
    const pair = { left: side(1), right: side(2), choice, annotator };
    return {
      prompt: { text: requireText(row, ['instruction']), ...categoryOf(row) },
      ...pairContent(row, pair, options),
    };
  },
});
