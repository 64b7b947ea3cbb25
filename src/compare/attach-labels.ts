import type { Comparison, SentenceLabel } from '../schema.ts';

/**
 * The comparison with sentence labels added to its items.
 *
 * @throws {Error} if a label's prompt or answer is not there, or its quote is not what stands at its offsets.
 */
export function attachLabels(comparison: Comparison, labels: readonly SentenceLabel[]): Comparison {
  if (labels.length === 0) return comparison;
  const items = new Map(comparison.items.map(item => [item.promptId, item]));
  for (const label of labels) {
    const item = items.get(label.promptId);
    if (!item)
      throw new Error(
        `Cannot attach a label to prompt "${label.promptId}": the comparison has no such prompt`,
      );
    requireQuote(label, item.answers[label.model]?.text);
    items.set(label.promptId, { ...item, labels: [...(item.labels ?? []), label] });
  }
  return { ...comparison, items: [...items.values()] };
}

function requireQuote({ promptId, model, start, end, quote }: SentenceLabel, text: string | undefined): void {
  const found = text?.slice(start, end);
  if (found === quote) return;
  const instead = found === undefined ? 'there is no such answer' : `"${found}" stands there`;
  throw new Error(
    `Cannot attach a label to ${model}’s answer to prompt "${promptId}": "${quote}" is required at ${start}–${end}, ${instead}`,
  );
}
