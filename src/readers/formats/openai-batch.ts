import { modelOfFile, type ReadOptions } from '../answers.ts';
import { isMessages, messagesIn, promptOfMessages } from '../conversation-messages.ts';
import { hasFields, isId } from '../fields.ts';
import { type EntryAnswer, rowFormat } from '../file-format.ts';
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
    return { prompt: { id: requireId(row, ID) }, answers: answersIn(body, options, row.value.error) };
  },
});

/** Responses of OpenAI's API as they come, each by its own id, since they do not repeat their prompts. */
export const openAiResponses = rowFormat({
  name: 'openai-responses',
  kind: 'answers',
  sign: 'rows of object: chat.completion and choices, or object: response and output',
  fits: ({ value: { id, object, choices, output } }) =>
    isId(id) &&
    ((object === 'chat.completion' && Array.isArray(choices)) ||
      (object === 'response' && Array.isArray(output))),
  read: (row, options) => ({ prompt: { id: requireId(row, ['id']) }, answers: answersIn(row, options) }),
});

/** Reads the choices of a response; of one without any the failure, which the record beside it may state. */
function answersIn(body: Row, options: ReadOptions, stated?: unknown): EntryAnswer[] {
  const model = textOf(body, ['model']) ?? modelOfFile(options);
  const failure = stated ?? body.value.error;
  const failed = { at: body.at, value: { error: isRecord(failure) ? failure.message : failure } };
  const answers = choicesOf(body).map(({ message, finish }) =>
    generationOf({ at: body.at, value: {} }, { model, text: message, finish }, options),
  );
  return answers.length > 0 ? answers : [generationOf(failed, { model, text: null }, options)];
}

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
