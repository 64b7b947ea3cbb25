import type { ComparedAnswer, ComparisonItem } from 'imitation-lab/schema';
import { promptKey } from 'imitation-lab/text';

/** Returns one model's answer, or undefined; safe for ids such as `constructor`, which every object inherits. */
export function answerOf(item: ComparisonItem, id: string): ComparedAnswer | undefined {
  return Object.hasOwn(item.answers, id) ? item.answers[id] : undefined;
}

/**
 * Returns the prompt's id where its file gave one; an id that was made from the prompt's text means nothing to a
 * reader.
 */
export function givenId({ promptId, prompt }: ComparisonItem): string | undefined {
  return promptId === promptKey(prompt) ? undefined : promptId;
}
