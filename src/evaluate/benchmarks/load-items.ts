import type { FetchOptions } from '../../data/index.ts';

/** Reader of one row of JSON Lines as an item. */
export interface RowReader<Item> {
  /** Requirement of a row, in the words of an error. */
  required: string;
  /** Returns undefined for a row that holds something else. */
  read(value: Readonly<Record<string, unknown>>, index: number, name: string): Item | undefined;
}

/**
 * Loads the items of a benchmark from JSON Lines.
 *
 * @param source a path, or the name of a public record.
 * @throws {ReadError} naming file and line of a row that is no item.
 */
export async function loadItems<Item>(
  source: string,
  { required, read }: RowReader<Item>,
  options: FetchOptions = {},
): Promise<Item[]> {
  // Loaded on use: the registry of benchmarks is read at every start of the command line.
  const { loadText } = await import('../../data/index.ts');
  const { parseJsonl, ReadError, shown } = await import('../../readers/index.ts');
  const { text, name } = await loadText(source, options);
  return parseJsonl(text, name).map(({ at, value }, index) => {
    const item = read(value, index, name);
    if (item !== undefined) return item;
    throw new ReadError({ at, required, found: shown(value) });
  });
}
