import {
  ANSWER_FIELDS,
  type AnswerRequest,
  MOST_LOGPROBS,
  NEUTRAL_FIELDS,
  readAnswerFields,
} from './answer-fields.ts';
import { badField } from './api-error.ts';
import { type Body, booleanField, numberField, requireKnown, shown } from './fields.ts';
import type { AnswerSettings, ServedPrompt } from './job.ts';

/** A request for answers, whichever way it asks. */
export interface ReadRequest extends Omit<AnswerRequest, 'settings'> {
  prompts: readonly ServedPrompt[];
  settings: AnswerSettings;
}

/** Most tokens of an answer to a request that does not say, as OpenAI has it. */
const MAX_TOKENS = 16;

/** Reads the body of `POST /v1/completions`. @throws {ApiError} naming the first field that is not as it must be. */
export function readCompletionRequest(body: Body): ReadRequest {
  const { settings, ...request } = readAnswerFields(body);
  const neutral = { ...NEUTRAL_FIELDS, suffix: [''], best_of: [request.n] };
  requireKnown(body, [...ANSWER_FIELDS, 'prompt', 'max_tokens', 'echo', 'logprobs'], neutral);
  return {
    ...request,
    prompts: readPrompts(body.prompt),
    settings: {
      ...settings,
      maxTokens: numberField(body, 'max_tokens', { least: 0, most: 2 ** 31, integer: true }) ?? MAX_TOKENS,
      echo: booleanField(body, 'echo') ?? false,
      logprobs: numberField(body, 'logprobs', { least: 0, most: MOST_LOGPROBS, integer: true }),
    },
  };
}

/** Reads a text, token ids, or a list of either. */
function readPrompts(prompt: unknown): ServedPrompt[] {
  if (typeof prompt === 'string') return [{ text: prompt }];
  if (Array.isArray(prompt) && prompt.length > 0) {
    if (isIds(prompt)) return [{ ids: prompt }];
    if (prompt.every(text => typeof text === 'string')) return prompt.map(text => ({ text }));
    if (prompt.every(isIds)) return prompt.map(ids => ({ ids }));
  }
  throw badField(
    'prompt',
    `prompt must be a text, a list of texts, a list of token ids or a list of such lists, found ${shown(prompt)}`,
  );
}

function isIds(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every(id => Number.isInteger(id) && id >= 0);
}
