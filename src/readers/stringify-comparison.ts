import type { Comparison } from '../schema.ts';

/**
 * Formats a `*.compare.json` file: one indented object.
 *
 * @example
 * // Given comparison.
 * JSON.parse(stringifyComparison(comparison)).version // 1
 */
export function stringifyComparison(comparison: Comparison): string {
  return `${JSON.stringify(comparison, null, 1)}\n`;
}

/** Formats a `*.compare.jsonl` file: everything except the items on the first line, then one item a line. */
export function stringifyComparisonLines({ items, ...head }: Comparison): string {
  return [head, ...items].map(line => `${JSON.stringify(line)}\n`).join('');
}
