/** The key of two answers to one prompt, by their ids, the same whichever stands first. */
export function pairKey(promptId: string, one: string, other: string): string {
  return JSON.stringify([promptId, ...[one, other].sort()]);
}
