import { modelOfFile } from '../answers.ts';
import { isMessages, messagesIn, promptOfMessages } from '../conversation-messages.ts';
import { hasFields, isId } from '../fields.ts';
import { rowFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { recordsIn, withFields } from '../json-records.ts';
import { ReadError, shown } from '../read-error.ts';
import { isRecord, type Row, requireId, rowOf, rowsUnder, textOf } from '../row.ts';

/** A log of inspect_ai: samples with their input, target and output, by the model of the evaluation. */
export const inspectLog = rowFormat({
  name: 'inspect-log',
  kind: 'answers',
  sign: 'an object of eval and samples, each with id, input and output',
  unpack: ({ whole, name }) => {
    if (!whole || !isRecord(whole.eval) || !Array.isArray(whole.samples)) return undefined;
    const { model } = whole.eval;
    return withFields(recordsIn(whole.samples, `${name} samples`), { model });
  },
  fits: ({ value }) =>
    hasFields(value, { id: isId, input: isInput, output: isRecord }) &&
    isRecord(value.output) &&
    'choices' in value.output,
  read: (row, options) => {
    const output = rowOf(row.value.output, row.at);
    const { target } = row.value;
    const reference: unknown = Array.isArray(target) && target.length === 1 ? target[0] : target;
    const model = textOf(row, ['model']) ?? textOf(output, ['model']) ?? modelOfFile(options);
    const choices = rowsUnder(output, 'choices');
    const failed = {
      at: row.at,
      value: { error: isRecord(row.value.error) ? row.value.error.message : output.value.error },
    };
    return {
      prompt: {
        id: requireId(row, ['id']),
        text: inputText(row),
        ...(typeof reference === 'string' && reference !== '' && { reference }),
      },
      answers:
        choices.length === 0
          ? [generationOf(failed, { model, text: null }, options)]
          : choices.map(({ value: { message, stop_reason } }) =>
              generationOf(failed, { model, text: message ?? null, finish: stop_reason }, options),
            ),
    };
  },
});

const isInput = (value: unknown) => typeof value === 'string' || isMessages(value);

function inputText({ at, value: { input } }: Row): string {
  if (typeof input === 'string') return input;
  if (!Array.isArray(input)) throw new ReadError({ at, required: 'an input', found: shown(input) });
  const messages = messagesIn(input, at);
  return promptOfMessages(messages);
}
