import type { Continuation } from '../../chat/index.ts';
import { parseJsonl, ReadError } from '../../readers/index.ts';

/** A row of the input, known by its id as a text. */
export interface ScoreItem extends Continuation {
  /** The id as the row has it. */
  rowId: string | number;
}

/**
 * Reads rows of id, prompt and continuation from JSON Lines.
 *
 * @param chat true for prompts that are turns of a chat, and continuations that begin its answers.
 * @throws {ReadError} naming file and line of a row that lacks one of them, or has the id of another.
 */
export function readScoreItems(text: string, name: string, chat: boolean): ScoreItem[] {
  const items = new Map<string, ScoreItem>();
  for (const { at, value } of parseJsonl(text, name)) {
    const { id, prompt, continuation } = value;
    if (typeof id !== 'string' && typeof id !== 'number')
      throw new ReadError({ at, required: 'a text or number under "id"', found: `${JSON.stringify(id)}` });
    if (typeof prompt !== 'string' || typeof continuation !== 'string')
      throw new ReadError({
        at,
        required: 'a text under each of "prompt" and "continuation"',
        found: Object.keys(value).join(', '),
      });
    if (items.has(`${id}`))
      throw new ReadError({ at, required: 'an id of its own', found: `${id}, as another row has` });
    items.set(`${id}`, { id: `${id}`, rowId: id, prompt, continuation, chat });
  }
  return [...items.values()];
}
