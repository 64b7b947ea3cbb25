import type { QueryRow } from '../../readers/index.ts';

/** Loads the queries of files and records, with their rows. */
export async function loadQueries(files: readonly string[], field: string | undefined): Promise<QueryRow[]> {
  const { loadTexts } = await import('../../data/index.ts');
  const { parseQueries } = await import('../../readers/index.ts');
  return (await loadTexts(files)).flatMap(({ text, name }) => parseQueries(text, name, field));
}
