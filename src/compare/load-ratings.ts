import { type LoadOptions, loadAnswers, loadDocument, loadText, readLoaded } from '../data/index.ts';
import { parseAnnotations, ReadError, type Row } from '../readers/index.ts';
import type { Generation, Rating } from '../schema.ts';

/** Choices of people between answers, and the answers. */
export interface LoadedRatings {
  ratings: Rating[];
  answers: Generation[];
}

/** Options of {@link loadRatings}. */
export interface LoadRatingsOptions extends LoadOptions {
  /** Files of the answers; default those of the file of ratings. */
  answers?: readonly string[] | undefined;
}

/**
 * Loads ratings of a sidecar, or of a file in any format that holds choices between answers, and the answers.
 *
 * @throws {ReadError} if the file holds no ratings.
 */
export async function loadRatings(
  source: string,
  { answers: given, ...options }: LoadRatingsOptions = {},
): Promise<LoadedRatings> {
  const loaded = await Promise.all((given ?? []).map(answers => loadAnswers(answers)));
  const answers = loaded.flatMap(({ generations }) => generations);
  const isSidecar = /\.annotations\.jsonl$/.test(source);
  const document = isSidecar ? undefined : await loadDocument(source, options);
  if (document === undefined || isAnnotation(document.rows[0]?.value)) {
    const { text, name } = await loadText(source, options);
    return { ratings: parseAnnotations(text, name).ratings, answers };
  }
  const { name, ratings, generations, report } = readLoaded(document, options);
  if (ratings.length > 0) return { ratings, answers: given ? answers : generations };
  throw new ReadError({
    at: name,
    required: 'NAME.annotations.jsonl, or choices between answers,',
    found: `${report.format} without any`,
  });
}

/** Reports whether a record is a line of a sidecar. */
function isAnnotation(value: Row['value'] | undefined): boolean {
  return ['rating', 'label', 'undo'].some(kind => kind === value?.kind);
}
