import pLimit from 'p-limit';
import { canonicalJson } from '../files/index.ts';
import { runningSignal } from '../notebook/index.ts';
import { answerEach, scoreEach } from './answer-each.ts';
import { type Budget, BudgetTracker, type Spending } from './budget.ts';
import type { CallRecord } from './call-cache.ts';
import { answerOf, type Completion, completionCall } from './completion.ts';
import { echoCall, echoScore, NotEchoed } from './echo-score.ts';
import { generationSettings } from './generation-settings.ts';
import { headersFrom } from './headers-from.ts';
import type { Continuation, LanguageModel, Likelihood, Question } from './language-model.ts';
import { firstTokenCall, firstTokenScore, nextTokenCall, nextTokenScore } from './next-token-score.ts';
import { PaidCalls } from './paid-calls.ts';
import { type Patience, Refused } from './post-json.ts';
import type { Price } from './price.ts';
import { isAzure, parseServerAddress } from './server-address.ts';

/** Options of {@link openAiModel}. */
export interface OpenAiOptions extends Patience {
  /** The model, as the server knows it. */
  model: string;
  /** The model's name in the answers; default {@link OpenAiOptions.model}. */
  name?: string | undefined;
  /** Address before `/chat/completions`, with Azure's `?api-version=`; default OpenAI's. */
  base?: string | undefined;
  /** Milliseconds after which a server that was never reached counts as unreachable; default 4,000. */
  connectTimeout?: number | undefined;
  /** The environment variable that holds the key; default `OPENAI_API_KEY`. */
  apiKeyEnv?: string | undefined;
  /** Calls that run at a time; default 8. */
  concurrency?: number | undefined;
  /** Limits of use; default none. Answers from a cache are free. */
  budget?: Budget | undefined;
  /** Price of tokens, which runs record; a budget in money needs it. */
  price?: Price | undefined;
  /** Folder that keeps the calls that were answered, so that no other run there makes them again; default none. */
  cache?: string | null | undefined;
  /** Further fields of every request, such as `{ reasoning_effort: 'low' }`; null takes a field away. */
  extra?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Further headers of every request; they are written to no file, record or error. `${NAME}` in a value is an
   * environment variable.
   */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Receives each call with its prompt, parameters and the model's version, and whether it came from the cache. */
  onCall?: ((call: CallRecord & { cached: boolean }) => void) | undefined;
}

/** A model behind an OpenAI-compatible server. */
export interface OpenAiModel extends Required<Omit<LanguageModel, 'chatText' | 'parameters' | 'price'>> {
  readonly price: Price | undefined;
  /** Cost of this model's calls so far, as the server counted; failed calls are not counted. */
  readonly spent: Readonly<Spending>;
}

const OPENAI = 'https://api.openai.com/v1';

/**
 * Connects to a model behind an OpenAI-compatible server: `chat` asks `/chat/completions`, raw text `/completions`.
 * With a cache every answer is kept under the hash of what was asked, with the prompt's id and sample, so a run that was
 * killed resumes where it stopped and nothing is paid for twice. Failures that pass are asked again, and none is kept;
 * when the budget leaves no room, the prompts that remain fail without being asked. A server that refuses `max_tokens`
 * is asked with `max_completion_tokens`, and one that only streams is read as a stream.
 *
 * The key is read from the environment alone, and is written to no file, record or error. Not the `openai` package:
 * it retries neither cut answers nor with a seeded wait, and shows the key to whoever holds the client.
 *
 * @throws {Error} if OpenAI's own server is asked without a key, or the address is none.
 * @throws {RangeError} if a budget in money comes without a price.
 * @example
 * // Needs a server of a model.
 * // Given prompts.
 * const model = openAiModel({ model: 'qwen', base: 'http://127.0.0.1:8000/v1', budget: { tokens: 1e6 } })
 * for await (const answer of model.generate(prompts, { chat: true })) console.log(answer.text)
 */
export function openAiModel(options: OpenAiOptions): OpenAiModel {
  const { model, name = model, base = OPENAI, apiKeyEnv = 'OPENAI_API_KEY', extra = {} } = options;
  const address = parseServerAddress(base);
  const calls = new PaidCalls({
    address,
    key: keyFrom(apiKeyEnv, address.base),
    keyHeader: isAzure(address) ? 'api-key' : undefined,
    headers: headersFrom(options.headers ?? {}),
    cache: options.cache ?? null,
    budget: new BudgetTracker(options.budget ?? {}, options.price),
    patience: options,
    onCall: options.onCall,
  });
  const limit = pLimit(options.concurrency ?? 8);
  /** False once the server proved not to know `echo`, so that it is not asked for it again. */
  let echoes = true;

  async function likelihood(item: Omit<Continuation, 'id'>, signal: AbortSignal): Promise<Scored> {
    const { prompt, continuation, missingLogprob, chat = false } = item;
    if (chat) return firstToken(item, signal);
    if (missingLogprob === undefined || echoes) {
      try {
        return await echoed(prompt, continuation, signal);
      } catch (error) {
        if (missingLogprob === undefined || !knowsNoEcho(error)) throw error;
        echoes = false;
      }
    }
    const read = (completion: Completion) => nextTokenScore(completion, continuation, missingLogprob);
    const call = { ...nextTokenCall(model, prompt, extra), read, isAnswer: () => true };
    const { value: logprob, latency } = await calls.ask(call, signal);
    return { logprob, tokens: 1, scoring: 'next-token', ...(latency !== undefined && { latency }) };
  }

  /** Scores the beginning of an answer. A chat has no echo: the list of the most likely first tokens must do. */
  async function firstToken(
    { prompt: text, history, continuation, missingLogprob }: Omit<Continuation, 'id'>,
    signal: AbortSignal,
  ): Promise<Scored> {
    if (missingLogprob === undefined)
      throw new Error(
        'Cannot score in a chat: a continuation of one token with a missingLogprob is required, since chat servers report the most likely first tokens alone',
      );
    const read = (completion: Completion) => firstTokenScore(completion, continuation, missingLogprob);
    const call = { ...firstTokenCall(model, { text, history }, extra), read, isAnswer: () => true };
    const { value: logprob, latency } = await calls.ask(call, signal);
    return { logprob, tokens: 1, scoring: 'next-token', ...(latency !== undefined && { latency }) };
  }

  /** @throws {NotEchoed} if the server does not echo; that it does not is kept as its answer. */
  async function echoed(prompt: string, continuation: string, signal: AbortSignal): Promise<Scored> {
    const read = (completion: Completion) => echoScoreOrNone(completion, prompt, continuation);
    const call = { ...echoCall(model, prompt + continuation, extra), read, isAnswer: () => true };
    const { value, latency } = await calls.ask(call, signal);
    if (value instanceof NotEchoed) throw value;
    return { ...value, ...(latency !== undefined && { latency }) };
  }

  return {
    name,
    identity: `server ${address.base}${address.query} model ${model}${Object.keys(extra).length > 0 ? ` with ${canonicalJson(extra)}` : ''}`,
    remote: true,
    price: options.price,
    get spent() {
      return calls.spent;
    },
    generate(prompts, generation = {}) {
      const settings = generationSettings(generation);
      const answer = (question: Question, signal: AbortSignal) =>
        limit(async () => {
          const { id, sample = 0 } = question;
          const call = completionCall(model, question, settings, extra);
          const { value, latency } = await calls.ask(
            { ...call, owner: { id, sample }, read: answerOf, isAnswer: ({ text }) => text !== null },
            signal,
          );
          return { ...value, ...(latency !== undefined && { latency }) };
        });
      return answerEach(name, prompts, answer, generation);
    },
    async score(prompt, continuations, { signal = runningSignal() } = {}) {
      const left = new AbortController();
      const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
      const score = async (continuation: string) =>
        (await likelihood({ prompt, continuation }, either)).logprob;
      try {
        return await Promise.all(continuations.map(continuation => limit(score, continuation)));
      } finally {
        left.abort();
      }
    },
    scoreEach: (items, scoring = {}) =>
      scoreEach(name, items, (item, signal) => limit(likelihood, item, signal), scoring),
  };
}

type Scored = Omit<Likelihood, 'id'> & { logprob: number };

/** Returns the score of an echoed text, or the error that says that the server does not echo. */
function echoScoreOrNone(completion: Completion, prompt: string, continuation: string) {
  try {
    return echoScore(completion, prompt, continuation);
  } catch (error) {
    if (error instanceof NotEchoed) return error;
    throw error;
  }
}

/** Reports whether a call failed for a server that does not know `echo`: it refuses the field, or ignores it. */
function knowsNoEcho(error: unknown): boolean {
  return error instanceof NotEchoed || (error instanceof Refused && /\becho\b/i.test(error.message));
}

/** Reads the key from the environment, if there is one. @throws {Error} not repeating it. */
function keyFrom(variable: string, base: string): string | undefined {
  const key = process.env[variable]?.trim() || undefined;
  if (key === undefined && base === OPENAI)
    throw new Error(`Cannot ask ${OPENAI}: a key is required in the environment variable ${variable}`);
  if (key !== undefined && !/^[!-~]+$/.test(key))
    throw new Error(
      `Cannot ask the server: the key in ${variable} must be printable ASCII without spaces, and is not`,
    );
  return key;
}
