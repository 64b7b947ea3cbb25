import { modelOfFile } from '../answers.ts';
import { isMessages, messagesIn, promptOfMessages } from '../conversation-messages.ts';
import { isText } from '../fields.ts';
import { rowFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { recordsIn } from '../json-records.ts';
import { parseLooseJson } from '../json-values.ts';
import { ReadError, shown } from '../read-error.ts';
import { isRecord } from '../row.ts';

/** Results of promptfoo: a prompt as it was sent, and a provider's response. */
export const promptfoo = rowFormat({
  name: 'promptfoo',
  kind: 'answers',
  sign: 'rows (or results) of prompt, with raw, and response, with output',
  unpack: ({ whole, name }) => {
    const results = whole?.results;
    const holder = isRecord(results) ? results : whole;
    if (!holder || !Array.isArray(holder.results) || !holder.results.some(isResult)) return undefined;
    return recordsIn(holder.results, `${name} results`);
  },
  fits: ({ value }) => isResult(value),
  read: (row, options) => {
    const { prompt, response, error } = row.value;
    const raw = isRecord(prompt) ? prompt.raw : prompt;
    if (typeof raw !== 'string')
      throw new ReadError({ at: row.at, required: 'a prompt', found: shown(prompt) });
    const output = isRecord(response) ? response.output : response;
    const text =
      typeof output === 'string' || output === null || output === undefined ? output : JSON.stringify(output);
    const model = providerOf(row.value.provider) ?? modelOfFile(options);
    const failed = { at: row.at, value: { error: isRecord(response) ? (response.error ?? error) : error } };
    return {
      prompt: { text: sentText(raw, row.at) },
      answers: [generationOf(failed, { model, text: text ?? null }, options)],
    };
  },
});

function isResult(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { prompt, response, provider, error } = value;
  const hasPrompt = isRecord(prompt) && isText(prompt.raw);
  const responded = isRecord(response) && ('output' in response || 'error' in response);
  return hasPrompt && (responded || (provider !== undefined && error !== undefined));
}

function providerOf(provider: unknown): string | undefined {
  const name = isRecord(provider) ? provider.label || provider.id : provider;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Reads a prompt that was sent as messages, which are written as JSON. */
function sentText(raw: string, at: string): string {
  if (!/^\s*\[/.test(raw)) return raw;
  let list: unknown;
  try {
    list = parseLooseJson(raw);
  } catch {
    return raw;
  }
  if (!isMessages(list) || !Array.isArray(list)) return raw;
  const messages = messagesIn(list, at);
  return promptOfMessages(messages);
}
