import { readFileSync } from 'node:fs';

/** Scores of a pair of texts by `rouge_score`: precision, recall, F1 of each measure. */
type RecordedRouge = Record<'rouge1' | 'rouge2' | 'rougeL', [number, number, number]>;

/** What test/golden/record-text-metrics.py recorded. */
interface RecordedMetrics {
  texts: string[];
  /** Indices of prediction and reference. */
  pairs: [number, number][];
  bleu: number[];
  /** Indices of a prediction and several references. */
  several: [number, ...number[]][];
  bleuOfSeveral: number[];
  /** Of all pairs. */
  corpusBleu: number;
  rouge: RecordedRouge[];
  rougeStemmed: RecordedRouge[];
  stems: Record<string, string>;
  /** Of all texts, normalised for exact match. */
  normalized: string[];
}

export const recorded: RecordedMetrics = JSON.parse(
  readFileSync(new URL('../../golden/text-metrics.json', import.meta.url), 'utf8'),
);

/** The recorded texts at these indices. */
export const textsAt = (...indices: number[]): string[] => indices.map(i => recorded.texts[i] ?? '');
