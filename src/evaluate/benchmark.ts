/** Format of prompts: raw text, or text inside the model's own role tokens. */
export type PromptFormat = 'raw' | 'chat';

/** Generate-until request: a text that a model continues. */
export interface GenerateRequest {
  prompt: string;
  /** Most tokens of the answer; default 256. */
  maxTokens?: number;
  /** The answer ends before the first of these texts. */
  stop?: readonly string[];
}

/** Log-likelihood request: continuations of which a model is to find one likely. */
export interface LoglikelihoodRequest {
  prompt: string;
  continuations: readonly string[];
  /**
   * Log-likelihood of a continuation of one token that a server without echo does not list among the most likely next
   * ones, in nats; default none: such a server cannot be asked.
   */
  missingLogprob?: number;
}

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
  /** Examples in each prompt; part of the results. */
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
  buildPrompt(item: Item, promptFormat: PromptFormat): GenerateRequest | LoglikelihoodRequest;
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
  definition: Omit<Benchmark<Item>, 'shots'> & { shots?: number },
): Benchmark<Item> {
  const { name, items, shots = 0 } = definition;
  if (items.length === 0)
    throw new RangeError(`Cannot define the benchmark ${name}: an item is required, found none`);
  const ids = new Set<string>();
  for (const { id } of items) {
    if (ids.has(id))
      throw new RangeError(`Cannot define the benchmark ${name}: each id must occur once, found ${id} twice`);
    ids.add(id);
  }
  return { ...definition, shots };
}
