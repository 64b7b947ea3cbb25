import { modelOfFile } from '../answers.ts';
import { isMessages, messagesIn, promptOfMessages } from '../conversation-messages.ts';
import { hasFields, isId } from '../fields.ts';
import { rowFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { isRecord, type Row, requireId, rowOf, rowsUnder, textOf } from '../row.ts';

const ID = ['custom_id'];

/** Requests of OpenAI's batches: prompts. */
export const batchInput = rowFormat({
  name: 'openai-batch-input',
  kind: 'prompts',
  sign: 'rows of custom_id, and body with messages',
  fits: ({ value: { custom_id, body } }) => isId(custom_id) && isRecord(body) && isMessages(body.messages),
  read: row => {
    const { messages: list } = rowOf(row.value.body, row.at).value;
    const messages = Array.isArray(list) ? messagesIn(list, row.at) : [];
    const text = promptOfMessages(messages);
    return { prompt: { id: requireId(row, ID), text }, answers: [] };
  },
});

/** Responses of OpenAI's batches, which refer to their requests by `custom_id`. Several choices are samples. */
export const batchOutput = rowFormat({
  name: 'openai-batch-output',
  kind: 'answers',
  sign: 'rows of custom_id, and response or error',
  fits: ({ value }) =>
    hasFields(value, { custom_id: isId }) &&
    ((isRecord(value.response) && 'body' in value.response) || isRecord(value.error)),
  read: (row, options) => {
    const response = isRecord(row.value.response) ? row.value.response : {};
    const body: Row = { at: row.at, value: isRecord(response.body) ? response.body : {} };
    const model = textOf(body, ['model']) ?? modelOfFile(options);
    const answers = choicesOf(body).map(({ message, finish }) =>
      generationOf({ at: row.at, value: {} }, { model, text: message, finish }, options),
    );
    const failure = row.value.error ?? body.value.error;
    const failed = { at: row.at, value: { error: isRecord(failure) ? failure.message : failure } };
    return {
      prompt: { id: requireId(row, ID) },
      answers: answers.length > 0 ? answers : [generationOf(failed, { model, text: null }, options)],
    };
  },
});

/** Returns the messages of a response: of chat completions, or the last of the Responses API. */
function choicesOf(body: Row): { message: unknown; finish: unknown }[] {
  const { choices, output, status } = body.value;
  if (Array.isArray(choices))
    return rowsUnder(body, 'choices').map(({ value }) => ({
      message: value.message,
      finish: value.finish_reason,
    }));
  const said = Array.isArray(output) ? output.filter(item => isRecord(item) && item.type === 'message') : [];
  return said.slice(-1).map(message => ({ message, finish: status }));
}
