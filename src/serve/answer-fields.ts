import { badField } from './api-error.ts';
import { type Body, booleanField, numberField, stopField } from './fields.ts';
import type { AnswerSettings } from './job.ts';

/** Fields that requests for completions and for chat have in common. */
export interface AnswerRequest {
  settings: Omit<AnswerSettings, 'maxTokens' | 'echo' | 'logprobs'>;
  /** Answers to each prompt. */
  n: number;
  seed: number | undefined;
  stream: boolean;
  /** Ends a stream with the counts of tokens. */
  streamUsage: boolean;
}

/** Most of the likely tokens that are reported in a place. */
export const MOST_LOGPROBS = 20;

/** Fields that {@link readAnswerFields} reads, and those that decide no answer. */
export const ANSWER_FIELDS = [
  ...['temperature', 'top_p', 'top_k', 'repetition_penalty', 'stop', 'n', 'seed', 'stream', 'stream_options'],
  ...['model', 'user', 'store', 'metadata', 'service_tier', 'safety_identifier', 'prompt_cache_key'],
];

/** Fields that would decide an answer and are not supported, with the values that change nothing. */
export const NEUTRAL_FIELDS: Readonly<Record<string, readonly unknown[]>> = {
  frequency_penalty: [0],
  presence_penalty: [0],
  logit_bias: [{}],
};

/** Most answers of one request. */
export const MOST_ANSWERS = 2048;

/** @throws {ApiError} naming the first field that is not as it must be. */
export function readAnswerFields(body: Body): AnswerRequest {
  const options = body.stream_options ?? {};
  if (typeof options !== 'object') throw badField('stream_options', 'stream_options must be an object');
  const topK = numberField(body, 'top_k', { least: -1, most: 2 ** 31, integer: true }) ?? 0;
  return {
    settings: {
      temperature: numberField(body, 'temperature', { least: 0, most: 100 }) ?? 1,
      topP: numberField(body, 'top_p', { least: 0, most: 1, above: true }) ?? 1,
      // Servers write "all tokens" as 0 or -1.
      topK: topK > 0 ? topK : Infinity,
      repetitionPenalty: numberField(body, 'repetition_penalty', { least: 0, most: 100, above: true }) ?? 1,
      stop: stopField(body),
    },
    n: numberField(body, 'n', { least: 1, most: 128, integer: true }) ?? 1,
    seed: numberField(body, 'seed', { least: 0, most: 2 ** 32 - 1, integer: true }),
    stream: booleanField(body, 'stream') ?? false,
    streamUsage: booleanField(options as Body, 'include_usage') ?? false,
  };
}
