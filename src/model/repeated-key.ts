/**
 * Finds the first key that occurs twice in one object of a JSON text that parses; `JSON.parse` would keep the last
 * without an error.
 */
export function repeatedKey(json: string): string | undefined {
  /** The keys so far of each object that is open; null for an array. */
  const open: (Set<string> | null)[] = [];
  let before = '';
  for (let at = 0; at < json.length; at++) {
    const character = json.charAt(at);
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(json, at);
      const keys = open.at(-1);
      if (keys && (before === '{' || before === ',')) {
        const key: string = JSON.parse(json.slice(at, end));
        if (keys.has(key)) return key;
        keys.add(key);
      }
      at = end - 1;
    }
    if (character.trim()) before = character;
  }
  return undefined;
}

/** Finds the end of the string that starts at a quotation mark, its closing mark included. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}
