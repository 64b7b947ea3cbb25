import { firstQuery } from '../readers/index.ts';
import type { Dialogue } from '../schema.ts';

/** What the user says first in each dialogue. Where no user speaks there is none. */
export function firstQueries(dialogues: readonly Dialogue[]): string[] {
  return dialogues.flatMap(dialogue => firstQuery(dialogue) ?? []);
}
