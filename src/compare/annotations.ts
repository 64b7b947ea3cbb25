import { loadText } from '../data/index.ts';
import { type Annotations, readAnnotations } from '../readers/index.ts';

/**
 * The votes and sentence labels that annotators left beside a comparison.
 *
 * @param path the sidecar, `NAME.annotations.jsonl`.
 * @throws {ReadError} naming file and line of what is no annotation.
 * @throws {Error} if there is no such file.
 * @example
 * const { ratings, labels } = await annotations('answers.annotations.jsonl')
 * summarizeRatings(ratings, { model: 'Vicuna-13B' }).equalOrBetter
 */
export async function annotations(path: string): Promise<Annotations> {
  const { text, name } = await loadText(path);
  return readAnnotations(text, name);
}
