import { loadText } from '../data/index.ts';
import { exists } from '../files/index.ts';
import { type Annotations, parseAnnotations } from '../readers/index.ts';

/**
 * Loads the votes and sentence labels that annotators left beside a comparison.
 *
 * @param path the sidecar, `NAME.annotations.jsonl`.
 * @throws {ReadError} naming file and line of what is no annotation.
 * @param optional whether there may be no such file, where no one has said anything yet.
 * @throws {Error} if there is no such file.
 * @example
 * const { ratings, labels } = await loadAnnotations('answers.annotations.jsonl')
 * summarizeRatings(ratings, { model: 'imitation' }).equalOrBetter.value // 0.5
 */
export async function loadAnnotations(
  path: string,
  { optional = false }: { optional?: boolean } = {},
): Promise<Annotations> {
  if (optional && !(await exists(path))) return { ratings: [], labels: [] };
  const { text, name } = await loadText(path);
  return parseAnnotations(text, name);
}
