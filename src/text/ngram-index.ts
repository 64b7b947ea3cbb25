import type { TokenizerName } from '../schema.ts';
import { BLEU_ORDER } from './bleu-score.ts';
import { PairNumbers } from './pair-numbers.ts';
import { TOKENIZERS } from './tokenizers.ts';

/**
 * n-grams of one order that a query shares with another document: by document, and by n-gram those references
 * that hold it. Plain arrays, so that threads can share them.
 */
export interface NgramTable {
  /** Document d holds the n-grams from `starts[d]` up to `starts[d + 1]`, ascending. */
  starts: Int32Array;
  grams: Int32Array;
  /** Occurrences of the n-gram in the document. */
  counts: Int32Array;
  /** n-gram g is held by the references from `holderStarts[g]` up to `holderStarts[g + 1]`, ascending. */
  holderStarts: Int32Array;
  holders: Int32Array;
  holderCounts: Int32Array;
}

/** Queries and references, ready to find the reference nearest to each query by BLEU. */
export interface NgramIndex {
  /** True if queries and references are the same texts, so that a query is not its own reference. */
  same: boolean;
  /** Document of each query; texts of the same tokens are one document. References come first, in order. */
  documents: Int32Array;
  /** Tokens of each document. */
  lengths: Int32Array;
  /** Index of the first reference that is this document; −1 if none is. */
  first: Int32Array;
  /** Index of the second one; −1 if there are not two. */
  second: Int32Array;
  /** By order less one. */
  tables: NgramTable[];
}

/**
 * Indexes texts by their n-grams up to order four. n-grams that no query shares with another document are left
 * out; since these hold no longer shared one, most of the longer ones are never looked at.
 *
 * @param queries texts to find the nearest reference of.
 * @param references default the queries themselves, each without itself.
 * @param tokenizer default `13a`.
 */
export function ngramIndex(
  queries: readonly string[],
  references?: readonly string[],
  tokenizer: TokenizerName = '13a',
): NgramIndex {
  const vocabulary = new Map<string, number>();
  const documents = new Map<string, number>();
  const tokenIds: number[] = [];
  const starts = [0];

  const documentOf = (text: string): number => {
    const tokens = TOKENIZERS[tokenizer](text);
    const key = tokens.join(' ');
    const known = documents.get(key);
    if (known !== undefined) return known;
    for (const token of tokens) {
      const id = vocabulary.get(token) ?? vocabulary.size;
      vocabulary.set(token, id);
      tokenIds.push(id);
    }
    starts.push(tokenIds.length);
    documents.set(key, documents.size);
    return documents.size - 1;
  };

  const ofReferences = Int32Array.from(references ?? queries, documentOf);
  const ofQueries = references ? Int32Array.from(queries, documentOf) : ofReferences;
  const count = documents.size;
  const first = new Int32Array(count).fill(-1);
  const second = new Int32Array(count).fill(-1);
  for (const [reference, document] of ofReferences.entries()) {
    if (first[document] === -1) first[document] = reference;
    else if (second[document] === -1) second[document] = reference;
  }
  const isQuery = new Uint8Array(count);
  for (const document of ofQueries) isQuery[document] = 1;

  const corpus = {
    starts: Int32Array.from(starts),
    isQuery,
    isReference: first.map(at => (at === -1 ? 0 : 1)),
  };
  const at = Int32Array.from(tokenIds);
  const tables: NgramTable[] = [];
  let kinds = vocabulary.size;
  for (let order = 1; order <= BLEU_ORDER; order++) {
    if (order > 1) kinds = lengthen(at, corpus.starts);
    tables.push(tabulate(at, kinds, corpus));
  }
  return {
    same: references === undefined,
    documents: ofQueries,
    lengths: corpus.starts.subarray(1).map((end, d) => end - (corpus.starts[d] as number)),
    first,
    second,
    tables,
  };
}

/** Documents of one corpus and the offsets of their tokens. */
interface Corpus {
  starts: Int32Array;
  isQuery: Uint8Array;
  isReference: Int32Array;
}

/** No n-gram that counts begins at this token. */
const NONE = -1;

/**
 * Replaces the n-gram at each token by the one longer by a token, which two neighbours make.
 *
 * @returns how many different ones there are.
 */
function lengthen(at: Int32Array, starts: Int32Array): number {
  const numbers = new PairNumbers();
  for (let d = 0; d + 1 < starts.length; d++) {
    const end = starts[d + 1] as number;
    for (let i = starts[d] as number; i < end; i++) {
      const left = at[i] as number;
      const right = i + 1 < end ? (at[i + 1] as number) : NONE;
      at[i] = left === NONE || right === NONE ? NONE : numbers.of(left, right);
    }
  }
  return numbers.count;
}

/** Tabulates the n-grams at the tokens; those that no query shares are taken out of `at`, the rest renumbered. */
function tabulate(at: Int32Array, kinds: number, { starts, isQuery, isReference }: Corpus): NgramTable {
  const inQueries = new Int32Array(kinds);
  const inReferences = new Int32Array(kinds);
  const inDocuments = new Int32Array(kinds);
  const lastSeen = new Int32Array(kinds).fill(-1);
  const count = starts.length - 1;
  for (let d = 0; d < count; d++) {
    for (let i = starts[d] as number; i < (starts[d + 1] as number); i++) {
      const gram = at[i] as number;
      if (gram === NONE || lastSeen[gram] === d) continue;
      lastSeen[gram] = d;
      inDocuments[gram] = (inDocuments[gram] as number) + 1;
      inQueries[gram] = (inQueries[gram] as number) + (isQuery[d] as number);
      inReferences[gram] = (inReferences[gram] as number) + (isReference[d] as number);
    }
  }

  const renumbered = new Int32Array(kinds).fill(NONE);
  let kept = 0;
  let entries = 0;
  for (let gram = 0; gram < kinds; gram++) {
    if (inQueries[gram] === 0 || inReferences[gram] === 0 || (inDocuments[gram] as number) < 2) continue;
    renumbered[gram] = kept++;
    entries += inDocuments[gram] as number;
  }
  for (let i = 0; i < at.length; i++) if (at[i] !== NONE) at[i] = renumbered[at[i] as number] as number;

  const table = byDocument(at, starts, entries);
  return { ...table, ...byGram(table, kept, isReference) };
}

function byDocument(at: Int32Array, starts: Int32Array, entries: number) {
  const table = { starts: starts.slice(), grams: new Int32Array(entries), counts: new Int32Array(entries) };
  let filled = 0;
  for (let d = 0; d + 1 < starts.length; d++) {
    table.starts[d] = filled;
    let last = NONE;
    for (const gram of at.slice(starts[d], starts[d + 1]).sort()) {
      if (gram === NONE) continue;
      if (gram !== last) table.grams[filled++] = gram;
      table.counts[filled - 1] = (table.counts[filled - 1] as number) + 1;
      last = gram;
    }
  }
  table.starts[starts.length - 1] = filled;
  return table;
}

function byGram(
  { starts, grams, counts }: Pick<NgramTable, 'starts' | 'grams' | 'counts'>,
  kinds: number,
  isReference: Int32Array,
) {
  const holderStarts = new Int32Array(kinds + 1);
  const count = starts.length - 1;
  for (let d = 0; d < count; d++) {
    if (isReference[d] === 0) continue;
    for (let e = starts[d] as number; e < (starts[d + 1] as number); e++) {
      const next = (grams[e] as number) + 1;
      holderStarts[next] = (holderStarts[next] as number) + 1;
    }
  }
  for (let g = 0; g < kinds; g++) {
    holderStarts[g + 1] = (holderStarts[g + 1] as number) + (holderStarts[g] as number);
  }
  const filled = holderStarts.slice(0, kinds);
  const holders = new Int32Array(holderStarts[kinds] as number);
  const holderCounts = new Int32Array(holders.length);
  for (let d = 0; d < count; d++) {
    if (isReference[d] === 0) continue;
    for (let e = starts[d] as number; e < (starts[d + 1] as number); e++) {
      const gram = grams[e] as number;
      const slot = filled[gram] as number;
      holders[slot] = d;
      holderCounts[slot] = counts[e] as number;
      filled[gram] = slot + 1;
    }
  }
  return { holderStarts, holders, holderCounts };
}
