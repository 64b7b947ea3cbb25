import type { ComparisonItem } from 'imitation-lab/schema';
import { promptKey } from 'imitation-lab/text';

/** The prompt's id where its file gave one; an id that was made from the prompt's text tells a reader nothing. */
export function givenId({ promptId, prompt }: ComparisonItem): string | undefined {
  return promptId === promptKey(prompt) ? undefined : promptId;
}
