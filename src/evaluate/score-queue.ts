import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { type Benchmark, Unscored } from './benchmark.ts';
import type { ItemRow } from './item-row.ts';
import type { KeptScores } from './kept-scores.ts';
import type { ModelOutput, Requested } from './outputs-of.ts';
import type { PromptForm } from './prompt-form.ts';
import type { PromptFormat } from './prompt-format.ts';

/** An output and the time at which it was there. */
export type TimedOutput = ModelOutput & { at: string };

/** Options of {@link ScoreQueue}. */
export interface ScoreQueueOptions<Item extends { id: string }> {
  benchmark: Pick<Benchmark<Item>, 'score'>;
  form: PromptForm & { promptFormat: PromptFormat };
  /** Scores of earlier runs. */
  known: KeptScores<Item>;
  /** Called after each row. */
  onRow: () => void;
}

/** Scores of outputs, while others are still on their way. Scores may run programs: each core runs one at a time. */
export class ScoreQueue<Item extends { id: string }> {
  /** Rows of what is scored, by the ids of items. */
  readonly rows = new Map<string, ItemRow>();
  readonly #options: ScoreQueueOptions<Item>;
  readonly #limit = pLimit(availableParallelism());
  readonly #scored: Promise<void>[] = [];
  readonly #failure = new AbortController();

  constructor(options: ScoreQueueOptions<Item>) {
    this.#options = options;
  }

  /** Aborted by a score that throws, so that no further answer is asked for. */
  get failed(): AbortSignal {
    return this.#failure.signal;
  }

  /** Scores an output when its turn comes. */
  add({ item, request, ...output }: Requested<Item> & TimedOutput): void {
    const done = this.#limit(async () => {
      const outcome = await this.#score(item, output);
      const { error: _, ...given } = output;
      const { promptFormat, promptDigest } = this.#options.form;
      const asked = { ...request, promptFormat, ...(promptDigest !== undefined && { promptDigest }) };
      this.rows.set(item.id, { id: item.id, ...asked, ...given, ...outcome });
      this.#options.onRow();
    });
    done.catch(error => this.#failure.abort(error));
    this.#scored.push(done);
  }

  /** Waits until all are scored. @throws what a score throws, except {@link Unscored}. */
  async finish(): Promise<void> {
    await Promise.all(this.#scored);
  }

  /** Waits until none is in progress, also where some failed. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#scored);
  }

  /** Scores an output, unless its scores are known. What failed keeps its reason, and no metric has a value. */
  async #score(item: Item, given: ModelOutput): Promise<Pick<ItemRow, 'scores' | 'reason' | 'failure'>> {
    const { benchmark, form, known } = this.#options;
    if (!isAnswered(given)) {
      const { kind, message } = given.error ?? { kind: 'no-answer', message: 'the model gave nothing' };
      return { scores: {}, reason: message, failure: kind };
    }
    const output = { text: given.text ?? '', logprobs: given.logprobs ?? [] };
    const found = known.find(item, output);
    if (found !== undefined) return { scores: found };
    try {
      const scores = await benchmark.score(item, output, form.promptFormat);
      await known.add(item, output, scores);
      return { scores };
    } catch (error) {
      if (error instanceof Unscored) return { scores: {}, reason: error.message };
      throw error;
    }
  }
}

/** Reports whether a call gave an output; one that failed is not kept. */
export function isAnswered({ text, logprobs }: ModelOutput): boolean {
  return text !== null && logprobs !== null;
}
