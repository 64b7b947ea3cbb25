import { LEAKAGE_LIMIT, leakage, type SearchOptions } from '../data/index.ts';
import type { ComparisonItem } from '../schema.ts';
import { promptKey } from '../text/index.ts';

/** A prompt that training data hold too, or one very much like it. */
export interface OverlappingPrompt {
  promptId: string;
  /** Most BLEU with a training query, percent. */
  bleu: number;
  /** True if a training query is the same, except for white space. */
  verbatim: boolean;
}

/** Overlap of the prompts with training data. */
export interface TrainingOverlap {
  /** Queries of the training data. */
  trainingQueries: number;
  /** BLEU above which a prompt is left out, percent. */
  limit: number;
  /** Prompts that were audited: those whose text is known. */
  audited: number;
  dropped: OverlappingPrompt[];
}

/**
 * Audits prompts against the queries of training data: by BLEU, as the paper does, and word for word.
 *
 * @throws as `leakage` does.
 * @see Gudibande et al. 2023, §4.1, footnote 2
 */
export async function trainingOverlap(
  items: readonly ComparisonItem[],
  training: readonly string[],
  options: SearchOptions = {},
): Promise<TrainingOverlap> {
  const known = items.filter(({ prompt }) => prompt !== '');
  const { dropped } = await leakage(
    known.map(({ prompt }) => prompt),
    training,
    options,
  );
  const bleu = new Map(dropped.map(leak => [leak.index, leak.bleu]));
  const queries = new Set(training.map(promptKey));
  return {
    trainingQueries: training.length,
    limit: LEAKAGE_LIMIT,
    audited: known.length,
    dropped: known.flatMap(({ promptId, prompt }, index) => {
      const verbatim = queries.has(promptKey(prompt));
      // A prompt of one or two words can be verbatim and still score below the limit.
      return verbatim || bleu.has(index) ? [{ promptId, bleu: bleu.get(index) ?? 100, verbatim }] : [];
    }),
  };
}
