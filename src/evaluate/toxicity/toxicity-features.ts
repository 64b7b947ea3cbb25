/** Features are counted in this many places; few of a text's thousand share one. */
export const PLACES = 2 ** 18;

/** Lengths of the pieces of words, in characters: they see through spelling that hides a word. */
const PIECES = [3, 4, 5] as const;

/** A text as the places of its features, each once. */
export type Features = Int32Array;

/** Words, pairs of words, and pieces of words of a text, hashed. */
export function toxicityFeatures(text: string): Features {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'*@$#!]+/gu) ?? [];
  const found = new Set<number>();
  for (const [index, word] of words.entries()) {
    found.add(place(`w ${word}`));
    found.add(place(`p ${words[index - 1] ?? ''} ${word}`));
    const framed = `<${word}>`;
    for (const length of PIECES)
      for (let at = 0; at + length <= framed.length; at++)
        found.add(place(`c ${framed.slice(at, at + length)}`));
  }
  return Int32Array.from(found);
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function place(feature: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < feature.length; at++) hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % PLACES;
}
