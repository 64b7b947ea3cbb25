import { type ColumnTable, from } from 'arquero';
import type { Comparison } from '../schema.ts';
import { uniqueIds } from './unique-ids.ts';

/**
 * Tabulates a comparison as an arquero table, one row a prompt: `promptId`, `prompt`, `category` and one column an
 * answer, named by its label; null where a model gave none.
 *
 * @example
 * // Given comparison.
 * answersTable(comparison).filter(row => row.category === 'math')
 */
export function answersTable({ answers, items }: Comparison): ColumnTable {
  const fixed = ['promptId', 'prompt', 'category'];
  const names = uniqueIds([...fixed, ...answers.map(({ label }) => label)]).slice(fixed.length);
  return from(
    items.map(item => ({
      promptId: item.promptId,
      prompt: item.prompt,
      category: item.category ?? null,
      ...Object.fromEntries(answers.map(({ id }, index) => [names[index], item.answers[id]?.text ?? null])),
    })),
  );
}
