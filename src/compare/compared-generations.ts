import type { Comparison, Generation } from '../schema.ts';

/** Lists the answers of a comparison, by their ids there. */
export function comparedGenerations({ items }: Comparison): Generation[] {
  return items.flatMap(({ promptId, answers }) =>
    Object.entries(answers).map(
      ([model, { text }]): Generation => ({ promptId, model, text, finish: 'unknown', evidence: 'public' }),
    ),
  );
}
