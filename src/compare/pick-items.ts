import type { ColumnTable } from 'arquero';
import type { Comparison } from '../schema.ts';
import { displayed } from './comparison-bundle.ts';

/**
 * Selects the items of a comparison that a table lists, such as rows that were filtered and sorted, in the order in
 * which their ids first occur there. The selection shows itself as the whole does, and can be saved by
 * `saveComparison`.
 *
 * @param table with a column `promptId`.
 * @throws {RangeError} if it has none, or names a prompt that the comparison lacks.
 * @example
 * // Given comparison.
 * pickItems(comparison, answersTable(comparison).filter(row => row.category === 'math')).items.length // 1
 */
export function pickItems(comparison: Comparison, table: ColumnTable, title = comparison.title): Comparison {
  if (!table.columnNames().includes('promptId'))
    throw new RangeError(
      `Cannot pick items: a column promptId is required, found ${table.columnNames().join(', ')}`,
    );
  const items = new Map(comparison.items.map(item => [item.promptId, item]));
  const picked = [...new Set(table.array('promptId') as Iterable<string>)].map(promptId => {
    const item = items.get(promptId);
    if (!item) throw new RangeError(`Cannot pick items: the comparison has no prompt "${promptId}"`);
    return item;
  });
  return displayed({ ...comparison, ...(title !== undefined && { title }), items: picked });
}
