import type { TokenizerName } from '../schema.ts';
import { commonSubsequence } from './common-subsequence.ts';
import { ngrams } from './ngrams.ts';
import { porterStem } from './porter-stem.ts';
import { unigrams } from './split-words.ts';
import { TOKENIZERS } from './tokenizers.ts';

/** Overlap of a prediction and a reference; fractions, 0 … 1. */
export interface RougeScore {
  /** Share of the prediction that the reference holds. */
  precision: number;
  /** Share of the reference that the prediction holds. */
  recall: number;
  /** Harmonic mean of both; 0 where both are. */
  f1: number;
}

/** ROUGE by single words, by pairs of words, and by the longest common subsequence of the whole texts. */
export interface Rouge {
  rouge1: RougeScore;
  rouge2: RougeScore;
  rougeL: RougeScore;
}

/** Options of {@link rouge}. */
export interface RougeOptions {
  /** Compares the stems of words of a–z and 0–9 that are longer than three letters; default false. */
  stem?: boolean | undefined;
  /** Counts the tokens of BLEU's tokenizer in the lowercased text, punctuation among them; default words of a–z and 0–9. */
  tokenizer?: TokenizerName | undefined;
}

/** Words that are stemmed: longer than three letters. */
const STEMMED = /^[a-z0-9]{4,}$/;

/**
 * Computes ROUGE-1, ROUGE-2 and ROUGE-L of a prediction, equal to google-research's `rouge_score`: the
 * words are runs of a–z and 0–9 of the lowercased text, the longest common subsequence is of the whole texts (ROUGE-L,
 * not Lsum). A text without a word scores 0, as do all in other letters: they need a `tokenizer`, whose tokens are then
 * compared as `rouge_score` compares those of a tokenizer that it is given.
 *
 * @see Lin 2004, ROUGE: A Package for Automatic Evaluation of Summaries; rouge_score 0.1.2
 *
 * @example
 * // Given table, aq.
 * rouge('The cat sat.', 'The cat sat down.').rouge1; // { precision: 1, recall: 0.75, f1: 0.857… }
 * // Over an arquero table:
 * table.derive({ rouge1: aq.escape((row: Record<string, string>) => rouge(row.prediction, row.reference).rouge1.f1) });
 */
export function rouge(prediction: string, reference: string, options: RougeOptions = {}): Rouge {
  const found = rougeTokens(prediction, options);
  const wanted = rougeTokens(reference, options);
  return {
    rouge1: ngramScore(found, wanted, 1),
    rouge2: ngramScore(found, wanted, 2),
    rougeL: score(commonSubsequence(found, wanted), found.length, wanted.length),
  };
}

/** Splits a text into the tokens that ROUGE compares. */
export function rougeTokens(text: string, { stem = false, tokenizer }: RougeOptions = {}): string[] {
  const found = tokenizer === undefined ? unigrams(text) : TOKENIZERS[tokenizer](text.toLowerCase());
  return stem ? found.map(token => (STEMMED.test(token) ? porterStem(token) : token)) : found;
}

function ngramScore(found: readonly string[], wanted: readonly string[], n: number): RougeScore {
  const held = ngrams(wanted, n);
  let shared = 0;
  for (const [gram, count] of ngrams(found, n)) shared += Math.min(count, held.get(gram) ?? 0);
  return score(shared, found.length - n + 1, wanted.length - n + 1);
}

function score(shared: number, found: number, wanted: number): RougeScore {
  const precision = shared / Math.max(found, 1);
  const recall = shared / Math.max(wanted, 1);
  const f1 = shared === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1 };
}
