import { lowercaseWords } from '../../text/index.ts';

/**
 * Indexes texts by their words, to find in which of them others occur.
 *
 * @returns a function that reports whether one of the texts contains another one, in any case.
 */
export function findInTexts(texts: readonly string[]): (sought: string) => boolean {
  const lowered = texts.map(text => text.toLowerCase());
  const places = new Map<string, Set<string>>();
  for (const text of lowered)
    for (const word of lowercaseWords(text)) {
      const found = places.get(word);
      if (found === undefined) places.set(word, new Set([text]));
      else found.add(text);
    }
  return sought => {
    const lower = sought.trim().toLowerCase();
    // Its first and last word may be parts of longer ones there; the others are whole.
    const inner = lowercaseWords(lower).slice(1, -1);
    const candidates = inner
      .map(word => places.get(word) ?? new Set<string>())
      .sort((one, other) => one.size - other.size)[0];
    return [...(candidates ?? lowered)].some(text => text.includes(lower));
  };
}
