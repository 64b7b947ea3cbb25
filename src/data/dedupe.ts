import type { Dialogue } from '../schema.ts';
import { promptKey } from '../text/index.ts';

/**
 * Dialogues whose first query no earlier one has, whatever the white space in it: "we deduplicated on the query
 * level". Dialogues in which nobody asks are kept.
 *
 * @see Gudibande et al. 2023, §3
 */
export function dedupe(dialogues: readonly Dialogue[]): Dialogue[] {
  const seen = new Set<string>();
  return dialogues.filter(({ turns }) => {
    const query = turns.find(({ role }) => role === 'user');
    if (!query) return true;
    const key = promptKey(query.content);
    return !seen.has(key) && seen.add(key);
  });
}
