import { BLEU_ORDER } from './bleu-score.ts';
import { Candidates } from './candidates.ts';
import { documentBleu, sharedNgrams } from './document-bleu.ts';
import { LogBleu } from './log-bleu.ts';
import type { NgramIndex, NgramTable } from './ngram-index.ts';

/** The reference most like a query. */
export interface Nearest {
  /** Index of the reference, of several equally near one of them; −1 if none has a token of the query. */
  index: number;
  /** BLEU of the query, as prediction, against it; percent. */
  bleu: number;
}

/** Cost of comparing two documents by one order, in steps through lists of holders. */
const COMPARISON_COST = 30;

/**
 * Finds the reference with the highest BLEU for a query, exactly: what scoring against each reference finds.
 *
 * The references that hold one of the query's n-grams are looked up, n-gram by n-gram, the rarest first. What is
 * not looked up yet is taken to match as far as can be, which bounds the score of each reference from above, and
 * that of all those not met yet together. Once a compared reference scores as high as these bounds, the long
 * lists of common n-grams need not be read; the few references whose own bound is higher are compared in full.
 *
 * A text of the same tokens is the nearest there can be. A query without tokens has no nearest.
 *
 * @returns a function of the query's index; it reuses its memory, so each thread needs its own.
 * @see Turtle & Flood 1995, Query Evaluation: Strategies and Optimizations, for the order of the lists
 */
export function nearestByBleu(index: NgramIndex): (query: number) => Nearest {
  const { same, documents, lengths, first, second } = index;
  const search = new Search(index);
  return query => {
    const document = documents[query] as number;
    if (lengths[document] === 0) return { index: -1, bleu: 0 };
    const twin = (same && first[document] === query ? second[document] : first[document]) ?? -1;
    if (twin !== -1) return { index: twin, bleu: documentBleu(index, document, document) };
    const found = search.nearest(document);
    if (found === -1) return { index: -1, bleu: 0 };
    return { index: first[found] as number, bleu: documentBleu(index, document, found) };
  };
}

/** An n-gram of the query, with the number of references that hold it. */
interface HolderList {
  order: number;
  /** Its entry in the table of its order. */
  entry: number;
  holders: number;
}

/** The search for the reference nearest to one document after another. */
class Search {
  readonly #index: NgramIndex;
  readonly #logBleu: LogBleu;
  readonly #candidates: Candidates;
  /** n-grams of the document by order that were not looked up yet. */
  readonly #open = new Int32Array(BLEU_ORDER);
  /** Matches by order of the score that is computed. */
  readonly #matches = new Int32Array(BLEU_ORDER);
  #document = 0;
  #length = 0;
  /** Orders of n-grams that the document is long enough for. */
  #orders = 0;
  #best = Number.NEGATIVE_INFINITY;
  #nearest = -1;

  constructor(index: NgramIndex) {
    this.#index = index;
    this.#logBleu = new LogBleu(index.lengths.reduce((most, length) => Math.max(most, length), 0));
    this.#candidates = new Candidates(index.lengths.length);
  }

  /** Returns the document nearest to the given one; −1 if none shares a token. */
  nearest(document: number): number {
    this.#document = document;
    this.#length = this.#index.lengths[document] as number;
    this.#orders = Math.min(BLEU_ORDER, this.#length);
    this.#best = Number.NEGATIVE_INFINITY;
    this.#nearest = -1;
    this.#candidates.clear();
    this.#lookUpLists(this.#holderLists());
    return this.#nearest;
  }

  /** Lists the document's n-grams, the rarest first, and counts them as not looked up. */
  #holderLists(): HolderList[] {
    this.#open.fill(0);
    const lists: HolderList[] = [];
    for (let order = 1; order <= this.#orders; order++) {
      const { starts, grams, counts, holderStarts } = this.#table(order);
      const end = starts[this.#document + 1] as number;
      for (let entry = starts[this.#document] as number; entry < end; entry++) {
        const gram = grams[entry] as number;
        const holders = (holderStarts[gram + 1] as number) - (holderStarts[gram] as number);
        lists.push({ order, entry, holders });
        this.#open[order - 1] = (this.#open[order - 1] as number) + (counts[entry] as number);
      }
    }
    return lists.sort((a, b) => a.holders - b.holders);
  }

  /** Looks n-grams up until the nearest reference is found. */
  #lookUpLists(lists: readonly HolderList[]): void {
    let ahead = lists.reduce((steps, { holders }) => steps + holders, 0);
    let sinceReview = 0;
    for (const { order, entry, holders } of lists) {
      // A review goes through the candidates: as many as were looked up since the last one, or as are next.
      if (sinceReview >= this.#candidates.count || holders >= this.#candidates.count) {
        if (holders > COMPARISON_COST * this.#orders) this.#compareFirstHolder(order, entry);
        if (this.#review(ahead)) return;
        sinceReview = 0;
      }
      this.#lookUp(order, entry);
      ahead -= holders;
      sinceReview += holders;
    }
    this.#review(ahead);
  }

  /** Adds the matches of one n-gram to all references that hold it. */
  #lookUp(order: number, entry: number): void {
    const { grams, counts, holderStarts, holders, holderCounts } = this.#table(order);
    const gram = grams[entry] as number;
    const most = counts[entry] as number;
    const end = holderStarts[gram + 1] as number;
    const candidates = this.#candidates;
    const document = this.#document;
    for (let h = holderStarts[gram] as number; h < end; h++) {
      const holder = holders[h] as number;
      if (holder === document) continue;
      const matched = most === 1 ? 1 : Math.min(most, holderCounts[h] as number);
      candidates.addMatches(holder, order, matched);
    }
    this.#open[order - 1] = (this.#open[order - 1] as number) - most;
  }

  /**
   * Compares the most promising candidate, so that the best score is high early; then all that can still be nearest,
   * if no other can and this is cheaper than to look up the rest.
   *
   * @param ahead steps that looking up the rest would take.
   * @returns whether the nearest is found.
   */
  #review(ahead: number): boolean {
    const candidates = this.#candidates;
    let promising = -1;
    let highest = this.#best;
    for (let i = 0; i < candidates.count; i++) {
      const bound = this.#boundOf(candidates.at(i));
      if (bound <= highest) continue;
      highest = bound;
      promising = candidates.at(i);
    }
    if (promising !== -1) this.#compare(promising);
    if (this.#best < this.#boundOfRest()) return false;
    let affordable = ahead / (COMPARISON_COST * this.#orders);
    for (let i = 0; i < candidates.count; i++) {
      if (this.#boundOf(candidates.at(i)) > this.#best && --affordable < 0) return false;
    }
    for (let i = 0; i < candidates.count; i++) {
      if (this.#boundOf(candidates.at(i)) > this.#best) this.#compare(candidates.at(i));
    }
    return true;
  }

  /** Compares one of those that hold an n-gram: where its list is long, they may all be equal. */
  #compareFirstHolder(order: number, entry: number): void {
    const { grams, holderStarts, holders } = this.#table(order);
    const start = holderStarts[grams[entry] as number] as number;
    const holder = holders[start] as number;
    this.#compare(holder === this.#document ? (holders[start + 1] as number) : holder);
  }

  /** Scores a reference by all its matches. */
  #compare(reference: number): void {
    for (let order = 1; order <= this.#orders; order++) {
      this.#matches[order - 1] = sharedNgrams(this.#table(order), this.#document, reference);
    }
    const score = this.#scoreAgainst(this.#index.lengths[reference] as number);
    if (score <= this.#best) return;
    this.#best = score;
    this.#nearest = reference;
  }

  /** Returns the highest score that a candidate can have; its score, once all is looked up. */
  #boundOf(reference: number): number {
    for (let order = 1; order <= this.#orders; order++) {
      const open = this.#open[order - 1] as number;
      this.#matches[order - 1] = this.#candidates.matches(reference, order) + open;
    }
    return this.#scoreAgainst(this.#index.lengths[reference] as number);
  }

  /** Returns the highest score that a reference which is no candidate can have. */
  #boundOfRest(): number {
    this.#matches.set(this.#open);
    return this.#scoreAgainst(this.#length);
  }

  #scoreAgainst(referenceLength: number): number {
    return this.#logBleu.score(this.#matches, this.#length, referenceLength);
  }

  #table(order: number): NgramTable {
    return this.#index.tables[order - 1] as NgramTable;
  }
}
