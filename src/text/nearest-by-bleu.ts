import { BLEU_ORDER, bleuScore } from './bleu-score.ts';
import type { NgramIndex, NgramTable } from './ngram-index.ts';

/** The reference most like a query. */
export interface Nearest {
  /** Index of the reference, of several equally near one of them; −1 if none has a token of the query. */
  index: number;
  /** BLEU of the query, as prediction, against it; percent. */
  bleu: number;
}

/** To compare two documents by one order costs about as much as this many steps through lists of holders. */
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
  const { same, documents, lengths, first, second, tables } = index;
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const logs = Float64Array.from({ length: longest + 1 }, (_, i) => Math.log(i));

  /** Matches of each reference met so far, by order; zeros else. */
  const matches = new Int32Array(lengths.length * BLEU_ORDER);
  const met = new Int32Array(lengths.length);
  const isMet = new Uint8Array(lengths.length);
  /** n-grams of the query by order that were not looked up yet. */
  const open = new Int32Array(BLEU_ORDER);
  /** Matches by order that {@link logScore} scores. */
  const assumed = new Int32Array(BLEU_ORDER);

  // Of the search that is going on.
  let document = 0;
  let length = 0;
  let orders = 0;
  let metCount = 0;
  let best = 0;
  let nearest = 0;

  const tableOf = (order: number) => tables[order - 1] as NgramTable;

  /** The logarithm of the score with the assumed matches, less what is the same for all references. */
  function logScore(otherLength: number): number {
    let most = Math.min(length, otherLength);
    let sum = 0;
    let halvings = 0;
    for (let n = 0; n < orders; n++) {
      // No more n-grams can match than there are, nor than shorter ones do.
      most = Math.min(most, assumed[n] as number, Math.min(length, otherLength) - n);
      if (most > 0) sum += logs[most] as number;
      else if (n === 0) return Number.NEGATIVE_INFINITY;
      else sum -= Math.LN2 * ++halvings;
    }
    return sum / orders + (otherLength > length ? 1 - otherLength / length : 0);
  }

  /** The highest score that references not met yet can have. */
  function boundOfRest(): number {
    assumed.set(open);
    return logScore(length);
  }

  /** The highest score that a reference can have; its score, once all is looked up. */
  function boundOf(reference: number): number {
    for (let n = 0; n < orders; n++) {
      assumed[n] = (matches[reference * BLEU_ORDER + n] as number) + (open[n] as number);
    }
    return logScore(lengths[reference] as number);
  }

  /** n-grams of one order that the document shares with a reference. */
  function shared(reference: number, order: number): number {
    const { starts, grams, counts } = tableOf(order);
    const end = starts[document + 1] as number;
    const otherEnd = starts[reference + 1] as number;
    let e = starts[document] as number;
    let other = starts[reference] as number;
    let found = 0;
    while (e < end && other < otherEnd) {
      const difference = (grams[e] as number) - (grams[other] as number);
      if (difference === 0) found += Math.min(counts[e] as number, counts[other] as number);
      if (difference <= 0) e++;
      if (difference >= 0) other++;
    }
    return found;
  }

  /** Compares a reference in full. */
  function consider(reference: number): void {
    for (let n = 0; n < orders; n++) assumed[n] = shared(reference, n + 1);
    const score = logScore(lengths[reference] as number);
    if (score <= best) return;
    best = score;
    nearest = reference;
  }

  /**
   * Compares the most promising of the references met, so that the best score is high early; then all that can
   * still be nearest, if no other can and this is cheaper than to go on.
   *
   * @param ahead steps that looking up the rest would take.
   * @returns whether the nearest is found.
   */
  function review(ahead: number): boolean {
    let promising = -1;
    let highest = best;
    for (let m = 0; m < metCount; m++) {
      const reference = met[m] as number;
      const bound = boundOf(reference);
      if (bound <= highest) continue;
      highest = bound;
      promising = reference;
    }
    if (promising !== -1) consider(promising);
    if (best < boundOfRest()) return false;
    let affordable = ahead / (COMPARISON_COST * orders);
    for (let m = 0; m < metCount; m++) {
      if (boundOf(met[m] as number) > best && --affordable < 0) return false;
    }
    for (let m = 0; m < metCount; m++) {
      const reference = met[m] as number;
      if (boundOf(reference) > best) consider(reference);
    }
    return true;
  }

  /** Adds the matches of one n-gram to all references that hold it. */
  function lookUp(order: number, entry: number): void {
    const { grams, counts, holderStarts, holders, holderCounts } = tableOf(order);
    const gram = grams[entry] as number;
    const most = counts[entry] as number;
    const end = holderStarts[gram + 1] as number;
    for (let h = holderStarts[gram] as number; h < end; h++) {
      const holder = holders[h] as number;
      if (holder === document) continue;
      if (isMet[holder] === 0) {
        isMet[holder] = 1;
        met[metCount++] = holder;
      }
      const slot = holder * BLEU_ORDER + order - 1;
      const matched = most === 1 ? 1 : Math.min(most, holderCounts[h] as number);
      matches[slot] = (matches[slot] as number) + matched;
    }
    open[order - 1] = (open[order - 1] as number) - most;
  }

  /** Compares one of those that hold an n-gram: where its list is long, they may all be alike. */
  function considerFirstHolder(order: number, entry: number): void {
    const { grams, holderStarts, holders } = tableOf(order);
    const start = holderStarts[grams[entry] as number] as number;
    const holder = holders[start] as number;
    consider(holder === document ? (holders[start + 1] as number) : holder);
  }

  /** The document's n-grams with the number of references that hold each; the rarest first. */
  function listsOf(): { order: number; entry: number; holders: number }[] {
    const lists: { order: number; entry: number; holders: number }[] = [];
    for (let order = 1; order <= orders; order++) {
      const { starts, grams, counts, holderStarts } = tableOf(order);
      for (let entry = starts[document] as number; entry < (starts[document + 1] as number); entry++) {
        const gram = grams[entry] as number;
        const holders = (holderStarts[gram + 1] as number) - (holderStarts[gram] as number);
        lists.push({ order, entry, holders });
        open[order - 1] = (open[order - 1] as number) + (counts[entry] as number);
      }
    }
    return lists.sort((a, b) => a.holders - b.holders);
  }

  /** Looks n-grams up until the nearest reference is found. */
  function lookUpAll(): void {
    const lists = listsOf();
    let ahead = lists.reduce((steps, { holders }) => steps + holders, 0);
    let sinceReview = 0;
    for (const { order, entry, holders } of lists) {
      // A review goes through the references met: as many as were looked up since the last one, or as are next.
      if (sinceReview >= metCount || holders >= metCount) {
        if (holders > COMPARISON_COST * orders) considerFirstHolder(order, entry);
        if (review(ahead)) return;
        sinceReview = 0;
      }
      lookUp(order, entry);
      ahead -= holders;
      sinceReview += holders;
    }
    review(ahead);
  }

  /** The document nearest to the one at hand; −1 if none shares a token. */
  function search(): number {
    best = Number.NEGATIVE_INFINITY;
    nearest = -1;
    metCount = 0;
    open.fill(0);
    lookUpAll();
    for (let m = 0; m < metCount; m++) {
      const reference = met[m] as number;
      isMet[reference] = 0;
      matches.fill(0, reference * BLEU_ORDER, (reference + 1) * BLEU_ORDER);
    }
    return nearest;
  }

  /** BLEU of the document against a reference. */
  function bleuAgainst(reference: number): number {
    const totals = Array.from({ length: BLEU_ORDER }, (_, n) => Math.max(0, length - n));
    const matched = reference === document ? totals : totals.map((_, n) => shared(reference, n + 1));
    const referenceLength = lengths[reference] as number;
    return bleuScore({ length, referenceLength, matches: matched, totals }, true);
  }

  return query => {
    document = documents[query] as number;
    length = lengths[document] as number;
    orders = Math.min(BLEU_ORDER, length);
    if (length === 0) return { index: -1, bleu: 0 };
    const twin = (same && first[document] === query ? second[document] : first[document]) ?? -1;
    if (twin !== -1) return { index: twin, bleu: bleuAgainst(document) };
    const found = search();
    return found === -1
      ? { index: -1, bleu: 0 }
      : { index: first[found] as number, bleu: bleuAgainst(found) };
  };
}
