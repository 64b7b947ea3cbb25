import { type ColumnTable, from } from 'arquero';
import type { Comparison, ComparisonItem } from '../schema.ts';

/** A tag that names what it is a value of. */
const NAMED = /^([^:]+): (.+)$/;

/**
 * Tabulates the labelled sentences of a comparison as an arquero table, one row a label: `promptId`, `prompt`,
 * `category`, `answer` (the label of its column), `role`, `sentence`, `label`, `start`; a column for each metric of
 * the answer; and one for each tag of the form `NAME: VALUE`, several values of one name joined by commas. What else
 * a comparison names keeps its first meaning: a metric or tag named as another column is left out.
 *
 * @example
 * sentenceTable(await compare('answers.compare.json')).filter(row => row.label === 'incorrect').numRows() // 1
 */
export function sentenceTable({ answers, metrics = [], items }: Comparison): ColumnTable {
  const columns = new Map(answers.map(column => [column.id, column]));
  const names = [...new Set(items.flatMap(item => Object.keys(named(item))))];
  const rows = items.flatMap(item => {
    const { promptId, prompt, category = null, labels = [] } = item;
    const tags = named(item);
    return labels.map(({ model, start, quote: sentence, label }) => ({
      ...Object.fromEntries(names.map(name => [name, tags[name] ?? null])),
      ...Object.fromEntries(metrics.map(({ name }) => [name, item.answers[model]?.metrics?.[name] ?? null])),
      promptId,
      prompt,
      category,
      answer: columns.get(model)?.label ?? model,
      role: columns.get(model)?.role ?? 'other',
      sentence,
      label,
      start,
    }));
  });
  const first = ['promptId', 'prompt', 'category', 'answer', 'role', 'sentence', 'label', 'start'];
  const others = [...metrics.map(({ name }) => name), ...names].filter(name => !first.includes(name));
  return from(rows, [...first, ...new Set(others)]);
}

function named({ tags = [] }: ComparisonItem): Record<string, string> {
  const found: Record<string, string> = {};
  for (const tag of tags) {
    const [, name, value] = NAMED.exec(tag) ?? [];
    if (name === undefined || value === undefined) continue;
    found[name] = found[name] === undefined ? value : `${found[name]}, ${value}`;
  }
  return found;
}
