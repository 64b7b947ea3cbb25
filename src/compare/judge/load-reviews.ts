import { basename } from 'node:path';
import {
  type FetchOptions,
  loadRecordCatalogue,
  loadSource,
  loadTexts,
  type RecordCatalogue,
} from '../../data/index.ts';
import {
  nameReviews,
  parseAnswerOwners,
  parseJudgements,
  type Review,
  type SingleReview,
} from '../../readers/index.ts';
import type { Generation } from '../../schema.ts';

/** Reviews of pairs and of single answers, which name answers by their models, and the answers. */
export interface LoadedReviews {
  reviews: Review[];
  /** Reviews of single answers. */
  singles: SingleReview[];
  answers: Generation[];
}

/** Options of {@link loadReviews}. */
export interface LoadReviewsOptions extends FetchOptions {
  /** The answers that the reviews name: paths, records or sets; default those of the public records that are read. */
  answers?: readonly string[] | undefined;
}

/** A field of answers that have ids, as FastChat publishes them. */
const HAS_IDS = /"answer_id"\s*:/;
/** Sets of answers by the records whose reviews name them: `qlora/scores/…`, `fastchat/reviews/…`. */
const REVIEWED_SETS: Record<string, string> = { qlora: 'qlora-80', fastchat: 'fastchat-80' };

/**
 * Loads reviews from files or public records, and the answers that they are about.
 *
 * @throws {ReadError} naming file and line of what cannot be read.
 * @throws {Error} if a source is neither a file nor a record.
 * @example
 * // Needs public records.
 * const { reviews } = await loadReviews(['qlora/scores/7b-guanaco/gpt35'])
 * reviews[0]?.first // 'gpt-3.5-turbo:20230327'
 */
export async function loadReviews(
  sources: readonly string[],
  { answers: given, ...options }: LoadReviewsOptions = {},
): Promise<LoadedReviews> {
  const catalogue = options.catalogue ?? (await loadRecordCatalogue());
  const files = await loadTexts(sources, options);
  const known = new Set(files.flatMap(({ name }) => answersOfRecord(name, catalogue) ?? []));
  const owners = new Map<string, string>();
  const answers: Generation[] = [];
  for (const { text, name, path } of await loadTexts(given ?? [...known], options)) {
    answers.push(...(await loadSource(path, options)).generations);
    if (!HAS_IDS.test(text)) continue;
    for (const [id, model] of parseAnswerOwners(text, name)) owners.set(id, model);
  }
  const models = new Set(answers.map(({ model }) => model));
  const reviews: Review[] = [];
  const singles: SingleReview[] = [];
  for (const { text, name } of files) {
    const judgements = parseJudgements(text, name);
    reviews.push(...nameReviews(judgements.pairs, name, { owners, models }));
    singles.push(...judgements.singles);
  }
  return { reviews, singles, answers };
}

/** Finds the set of answers that a record of reviews is about, by its file's name; undefined of other files. */
function answersOfRecord(name: string, { records }: RecordCatalogue): string | undefined {
  const record = records.find(({ path }) => basename(path) === name);
  return record && REVIEWED_SETS[record.name.split('/')[0] ?? ''];
}
