/** Joins parts so that each text holds so many of them, the last one what is left. */
export function inGroups(parts: readonly string[], size: number, between: string): string[] {
  const groups = Math.ceil(parts.length / size);
  return Array.from({ length: groups }, (_, i) => parts.slice(i * size, (i + 1) * size).join(between));
}
