import { parseQueries, type QueryRow } from '../readers/index.ts';
import type { FetchOptions } from './fetch-record.ts';
import { loadTexts } from './load-text.ts';

/**
 * Loads the queries of files and records, with their rows.
 *
 * @param field the key or column of the query; default the first of several that a row has.
 * @throws as `loadTexts` and `parseQueries` do.
 */
export async function loadQueries(
  files: readonly string[],
  field?: string,
  options: FetchOptions = {},
): Promise<QueryRow[]> {
  const texts = await loadTexts(files, options);
  return texts.flatMap(({ text, name }) => parseQueries(text, name, field));
}
