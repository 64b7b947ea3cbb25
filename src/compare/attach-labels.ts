import type { Comparison, SentenceLabel } from '../schema.ts';

/**
 * Label of a sentence as an analyst writes it down: the quote alone is enough if it occurs only once in the answer.
 */
export interface LabelInput extends Pick<SentenceLabel, 'promptId' | 'model' | 'quote' | 'label'> {
  /** UTF-16 offset of the quote; needed where the quote occurs more than once. */
  start?: number;
  /** Default `analyst`. */
  annotator?: string;
  /** Default `human`. */
  source?: SentenceLabel['source'];
}

/**
 * Adds sentence labels to the items of a comparison.
 *
 * @throws {Error} if a label's prompt or answer is missing, or the answer does not hold its quote, or more than once.
 */
export function attachLabels(comparison: Comparison, labels: readonly LabelInput[]): Comparison {
  if (labels.length === 0) return comparison;
  const items = new Map(comparison.items.map(item => [item.promptId, item]));
  for (const label of labels) {
    const item = items.get(label.promptId);
    if (!item)
      throw new Error(
        `Cannot attach a label to prompt "${label.promptId}": the comparison has no such prompt`,
      );
    const placed = placedLabel(label, item.answers[label.model]?.text);
    items.set(label.promptId, { ...item, labels: [...(item.labels ?? []), placed] });
  }
  return { ...comparison, items: [...items.values()] };
}

function placedLabel(input: LabelInput, text: string | undefined): SentenceLabel {
  const { promptId, model, quote, label, annotator = 'analyst', source = 'human' } = input;
  const problem = (required: string, found: string) =>
    new Error(
      `Cannot attach a label to ${model}’s answer to prompt "${promptId}": ${required} is required, ${found}`,
    );
  if (text === undefined) throw problem('an answer', 'there is none');
  const start = input.start ?? text.indexOf(quote);
  const found = text.slice(start, start + quote.length);
  if (start < 0) throw problem(`the quote "${quote}"`, 'it does not occur there');
  if (found !== quote) throw problem(`"${quote}" at ${start}`, `"${found}" is there`);
  if (input.start === undefined && text.indexOf(quote, start + 1) >= 0)
    throw problem('its start', `"${quote}" occurs there more than once`);
  return { promptId, model, start, end: start + quote.length, quote, label, annotator, source };
}
