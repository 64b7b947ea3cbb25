import type { ChatMessage } from '../schema.ts';
import { asText, type FewShotPrompt } from './few-shot-prompt.ts';
import { findPromptFormat, type PromptFormat } from './prompt-format.ts';

/** Generate-until request: a text that a model continues, or a turn that it answers. */
export interface GenerateRequest {
  /** Raw text, or the user's last turn. */
  prompt: string;
  /** In a chat, messages before it; default none. */
  history?: readonly ChatMessage[];
  /** Most tokens of the answer; default 256. */
  maxTokens?: number;
  /** The answer ends before the first of these texts. */
  stop?: readonly string[];
}

/** Log-likelihood request: continuations of which a model is to find one likely. */
export interface LoglikelihoodRequest extends Pick<GenerateRequest, 'prompt' | 'history'> {
  /** Continuations of the text; in a chat, beginnings of the assistant's turn. */
  continuations: readonly string[];
  /**
   * Log-likelihood of a continuation of one token that a server without echo does not list among the most likely next
   * ones, in nats; default none: such a server cannot be asked.
   */
  missingLogprob?: number;
}

/**
 * Request of a benchmark, before it is written in a prompt format. A text is sent as it is, in a chat as the user's turn;
 * of parts, each format writes what it shows. Continuations of parts are the answers alone, before which raw text has the
 * delimiter.
 */
export type DefinedRequest = (
  | Omit<GenerateRequest, 'prompt' | 'history'>
  | Omit<LoglikelihoodRequest, 'prompt' | 'history'>
) & { prompt: string | FewShotPrompt };

/** Output of a model for a request: the text that it wrote, or the log-likelihood of each continuation, in nats. */
export interface Output {
  /** Empty where continuations were scored. */
  text: string;
  /** In the order of the continuations; empty where a text was written. */
  logprobs: readonly number[];
}

/** The values of an item by the names of metrics; null where an output cannot be scored. */
export type Scores = Readonly<Record<string, number | null>>;

/** Thrown by a benchmark's `score` where an output cannot be scored now, such as without the service that scores it. */
export class Unscored extends Error {}

/** A set of items with the request for each, and the score of its output. */
export interface Benchmark<Item extends { id: string } = { id: string }> {
  name: string;
  /** Version of its prompts and scores, another one whenever either changes; part of the results. */
  version: string;
  /** Examples in prompts of a format that shows them; part of the results. */
  shots: number;
  items: readonly Item[];
  /** Metrics whose values are percents; those of all others are shares, 0 … 1, or plain numbers. */
  percents?: readonly string[];
  /**
   * Version of `score`, one more whenever it gives other scores: they are kept and reused under it. Default none: every
   * run scores all outputs, as is right where that is fast.
   */
  scorer?: string;
  /** Note on its scores that a reader must know, such as the agreement of a classifier with what it replaces. */
  note?: { text: string; facts: object };
  /** Builds the request of an item. Pure. */
  buildPrompt(item: Item, promptFormat: PromptFormat): DefinedRequest;
  /** Scores its output, for a request of this format. @throws {Unscored} with the reason, where there is no score. */
  score(item: Item, output: Output, promptFormat?: PromptFormat): Scores | Promise<Scores>;
}

/**
 * Defines a benchmark of one's own.
 *
 * @throws {RangeError} if there are no items, or two have the same id.
 * @example
 * // Given student.
 * const capitals = benchmark({
 *   name: 'capitals',
 *   items: [{ id: 'fr', country: 'France', capital: 'Paris' }],
 *   buildPrompt: ({ country }) => ({ prompt: `The capital of ${country} is`, maxTokens: 5 }),
 *   score: ({ capital }, { text }) => ({ accuracy: text.includes(capital) ? 1 : 0 }),
 * });
 * (await evaluate(student, capitals)).metrics[0]?.value; // 1
 */
export function benchmark<Item extends { id: string }>(
  definition: Omit<Benchmark<Item>, 'shots' | 'version'> & { shots?: number; version?: string },
): Benchmark<Item> {
  const { name, items, shots = 0, version = '1' } = definition;
  if (items.length === 0)
    throw new RangeError(`Cannot define the benchmark ${name}: an item is required, found none`);
  const ids = new Set<string>();
  for (const { id } of items) {
    if (ids.has(id))
      throw new RangeError(`Cannot define the benchmark ${name}: each id must occur once, found ${id} twice`);
    ids.add(id);
  }
  return { ...definition, shots, version };
}

/**
 * Writes the request of an item in a prompt format, as it is sent: a model's role tokens come around it in a chat.
 *
 * @throws {RangeError} if the format needs the examples apart from the question, and the benchmark's prompt is one text.
 * @example
 * const squares = benchmark({
 *   name: 'squares',
 *   shots: 1,
 *   items: [{ id: '3', n: 3 }],
 *   buildPrompt: ({ n }) => ({ prompt: { examples: [{ question: '2 × 2 =', answer: '4' }], question: `${n} × ${n} =` } }),
 *   score: ({ n }, { text }) => ({ accuracy: Number(text) === n * n ? 1 : 0 }),
 * });
 * buildRequest(squares, { id: '3', n: 3 }, 'raw').prompt; // '2 × 2 = 4\n\n3 × 3 ='
 */
export function buildRequest<Item extends { id: string }>(
  { name, shots, buildPrompt }: Pick<Benchmark<Item>, 'name' | 'shots' | 'buildPrompt'>,
  item: Item,
  promptFormat: PromptFormat,
): GenerateRequest | LoglikelihoodRequest {
  const format = findPromptFormat(promptFormat);
  const { prompt, ...request } = buildPrompt(item, promptFormat);
  if (typeof prompt === 'string') {
    if (shots > 0 && format.write !== asText)
      throw new RangeError(
        `Cannot ask ${name} in the prompt format ${promptFormat}: a prompt with its examples apart is required, found one text`,
      );
    return { prompt, ...request };
  }
  const { delimiter = ' ', stop } = prompt;
  const written = format.write(prompt);
  if ('continuations' in request) {
    const { continuations, ...rest } = request;
    const before = format.isChat ? '' : delimiter;
    return { ...written, continuations: continuations.map(text => `${before}${text}`), ...rest };
  }
  return { ...written, ...request, ...(stop !== undefined && !format.isChat && { stop }) };
}
