/** Numbers of linear maps by patterns of their names, as PEFT has them: a whole name, or what it ends in. */
export type MapPattern = Readonly<Record<string, number>>;

/**
 * Reports whether a pattern is one that is read here. PEFT takes any regular expression; those that are more than a
 * name, with `^` before a whole one, are not.
 */
export function isMapPattern(pattern: string): boolean {
  return /^\^?[\w.-]+$/.test(pattern);
}

/** Reports whether a map's name is the pattern, or ends in it after a dot. */
export function matchesPattern(pattern: string, name: string): boolean {
  if (pattern.startsWith('^')) return name === pattern.slice(1);
  return name === pattern || name.endsWith(`.${pattern}`);
}

/** Returns the number of the first pattern that matches a map's name; undefined where none does. */
export function patternValue(patterns: MapPattern | undefined, name: string): number | undefined {
  return Object.entries(patterns ?? {}).find(([pattern]) => matchesPattern(pattern, name))?.[1];
}
