import { modelOfFile, type ReadOptions } from '../answers.ts';
import { geminiMessages, messagesIn, promptOfMessages } from '../conversation-messages.ts';
import { type EntryAnswer, type EntryPrompt, rowFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { idOf, isRecord, type Row, rowsUnder, textOf } from '../row.ts';

const ID = ['key', 'custom_id', 'id', 'responseId'];

/** Responses of Gemini's API as they come, and those of its batches, beside their requests. */
export const geminiResponses = rowFormat({
  name: 'gemini-responses',
  kind: 'answers',
  sign: 'rows of candidates with content; or of key, request with contents, and response or error',
  fits: ({ value }) =>
    isResponse(value) ||
    isResponse(value.response) ||
    (isRecord(value.request) && geminiMessages(value.request) !== undefined && isRecord(value.error)),
  read: (row, options) => {
    const { response, error } = row.value;
    const body = isRecord(response) ? response : row.value;
    return { prompt: promptOf(row), answers: answersIn({ at: row.at, value: body }, error, options) };
  },
});

function isResponse(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { candidates, promptFeedback } = value;
  const answers = Array.isArray(candidates) && candidates.every(isRecord);
  return answers ? candidates.length > 0 || isRecord(promptFeedback) : isRecord(promptFeedback);
}

/** Returns the prompt of a row: its id, and its text where the request is there. */
function promptOf(row: Row): EntryPrompt {
  const id = idOf(row, ID);
  const { request } = row.value;
  const messages = isRecord(request) ? geminiMessages(request) : undefined;
  return {
    ...(id !== undefined && { id }),
    ...(messages && { text: promptOfMessages(messagesIn(messages, row.at)) }),
  };
}

/** Reads the candidates of a response, which are samples; of one without any, why there is none. */
function answersIn(body: Row, error: unknown, options: ReadOptions): EntryAnswer[] {
  const model = textOf(body, ['modelVersion', 'model']) ?? modelOfFile(options);
  const { candidates, promptFeedback } = body.value;
  if (Array.isArray(candidates) && candidates.length > 0)
    return rowsUnder(body, 'candidates').map(({ at, value }) =>
      generationOf(
        { at, value: {} },
        { model, text: value.content ?? null, finish: value.finishReason },
        options,
      ),
    );
  const blocked = isRecord(promptFeedback) ? promptFeedback.blockReason : undefined;
  const failure =
    blocked === undefined
      ? isRecord(error)
        ? error.message
        : error
      : { kind: 'filtered', message: `the prompt was blocked: ${String(blocked)}` };
  return [generationOf({ at: body.at, value: { error: failure } }, { model, text: null }, options)];
}
