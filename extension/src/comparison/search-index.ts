import type { ComparisonItem } from 'imitation-lab/schema';
import { fold } from './find-matches.ts';

/** Between the texts of one item, so that a query never matches across two of them. */
const SEPARATOR = '\u0000';

/** Filter of the prompt list: the items that hold the query, in one category or all. */
export interface Filter {
  query: string;
  /** `null`: every category. */
  category: string | null;
}

/** Full-text search over prompts and answers, ignoring case. Folded texts are kept, so each is folded once. */
export class SearchIndex {
  readonly #items: readonly ComparisonItem[];
  readonly #folded: string[] = [];

  constructor(items: readonly ComparisonItem[]) {
    this.#items = items;
  }

  /** Positions of the items that pass `filter`, in order. */
  find({ query, category }: Filter): number[] {
    const needle = fold(query);
    const found: number[] = [];
    this.#items.forEach((item, index) => {
      if (category !== null && item.category !== category) return;
      if (needle === '' || this.#text(index).includes(needle)) found.push(index);
    });
    return found;
  }

  /**
   * Folds items ahead of the first search, until `timeIsUp`.
   *
   * @returns whether every item is folded.
   */
  warm(timeIsUp: () => boolean): boolean {
    while (this.#folded.length < this.#items.length) {
      if (timeIsUp()) return false;
      this.#text(this.#folded.length);
    }
    return true;
  }

  #text(index: number): string {
    const kept = this.#folded[index];
    if (kept !== undefined) return kept;
    const item = this.#items[index];
    const texts = item ? [item.prompt, ...Object.values(item.answers).map(answer => answer.text)] : [];
    const folded = fold(texts.join(SEPARATOR));
    this.#folded[index] = folded;
    return folded;
  }
}
