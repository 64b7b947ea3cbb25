import { modelOfFile } from '../answers.ts';
import { hasFields, isText } from '../fields.ts';
import { rowFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { recordsIn, withFields } from '../json-records.ts';
import { ReadError, shown } from '../read-error.ts';
import { type Row, requireText, rowsUnder, textOf } from '../row.ts';

/**
 * A sampling report of the Open Assistant model evaluation: every prompt answered under one or more
 * sampling configurations, each with one or more outputs. Read is the first output of the configuration that `sampling`
 * names; default the first one, which is `nucleus9` in the reports that hold several.
 */
export const oasstReport = rowFormat({
  name: 'oasst-report',
  kind: 'answers',
  samplings: true,
  sign: 'an object of model_name and prompts, each with prompt and results',
  unpack: ({ whole, name }) => {
    if (!whole || !('model_name' in whole) || !Array.isArray(whole.prompts)) return undefined;
    const { model_name } = whole;
    return withFields(recordsIn(whole.prompts, `${name} prompts`), { model_name });
  },
  fits: ({ value }) => hasFields(value, { model_name: isText, prompt: isText, results: Array.isArray }),
  read: (row, options) => {
    const model = textOf(row, ['model_name']) ?? modelOfFile(options);
    return {
      prompt: { text: requireText(row, ['prompt']) },
      answers: [generationOf(row, { model, text: firstOutput(row, options.sampling) }, options)],
    };
  },
});

/** @throws {ReadError} if the row has no outputs of a sampling that is named. */
function firstOutput(row: Row, sampling: string | undefined): string | null {
  const results = rowsUnder(row, 'results');
  const names = results.map(({ value }) => String(value.sampling_config));
  if (sampling !== undefined && !names.includes(sampling))
    throw new ReadError({
      at: row.at,
      required: `a sampling among ${names.join(', ')}`,
      found: shown(sampling),
    });
  const chosen = results[sampling === undefined ? 0 : names.indexOf(sampling)];
  const outputs = chosen?.value.outputs;
  const output: unknown = Array.isArray(outputs) ? outputs[0] : undefined;
  return typeof output === 'string' ? output : null;
}
