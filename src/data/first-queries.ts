import type { Dialogue } from '../schema.ts';

/** What the user says first in each dialogue. Where no user speaks there is none. */
export function firstQueries(dialogues: readonly Dialogue[]): string[] {
  return dialogues.flatMap(({ turns }) => turns.find(({ role }) => role === 'user')?.content ?? []);
}
