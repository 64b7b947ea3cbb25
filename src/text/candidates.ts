import { BLEU_ORDER } from './bleu-score.ts';

/** References that hold an n-gram of the query, with the matches found so far. The memory is reused by each query. */
export class Candidates {
  /** Matches by reference and order; zeros for every reference that is no candidate. */
  readonly #matches: Int32Array;
  readonly #isCandidate: Uint8Array;
  /** Candidates in the order in which they were found. */
  readonly #list: Int32Array;
  #count = 0;

  /** @param references number of documents that can become candidates. */
  constructor(references: number) {
    this.#matches = new Int32Array(references * BLEU_ORDER);
    this.#isCandidate = new Uint8Array(references);
    this.#list = new Int32Array(references);
  }

  get count(): number {
    return this.#count;
  }

  /** Returns the candidate that was found as the i-th. */
  at(i: number): number {
    return this.#list[i] as number;
  }

  /** Returns the matches of a candidate found so far, of n-grams of one order. */
  matches(reference: number, order: number): number {
    return this.#matches[reference * BLEU_ORDER + order - 1] as number;
  }

  addMatches(reference: number, order: number, matched: number): void {
    if (this.#isCandidate[reference] === 0) {
      this.#isCandidate[reference] = 1;
      this.#list[this.#count++] = reference;
    }
    const slot = reference * BLEU_ORDER + order - 1;
    this.#matches[slot] = (this.#matches[slot] as number) + matched;
  }

  clear(): void {
    for (let i = 0; i < this.#count; i++) {
      const reference = this.at(i);
      this.#isCandidate[reference] = 0;
      this.#matches.fill(0, reference * BLEU_ORDER, (reference + 1) * BLEU_ORDER);
    }
    this.#count = 0;
  }
}
