/**
 * Parses JSON as writers in Python leave it: `NaN` and the infinities, which JSON does not know, are null.
 *
 * @throws {SyntaxError} if it is no JSON either way.
 */
export function parseLooseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/\b(NaN|Infinity)\b/.test(text)) throw error;
    const plain = text.replace(STRING_OR_NUMBER, (token, number?: string) => (number ? 'null' : token));
    return JSON.parse(plain);
  }
}

/** A whole string, so that nothing within it is replaced, or a number that JSON does not know. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|(-?(?:NaN|Infinity)\b)/g;

/**
 * Finds where the JSON object or array that begins at `start` ends.
 *
 * @returns the index after its last bracket; undefined if it is not closed, or a string within it is broken.
 */
export function endOfValue(text: string, start: number): number | undefined {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const sign = text[i];
    if (sign === '"') {
      const end = endOfString(text, i);
      if (end === undefined) return undefined;
      i = end;
    } else if (sign === '{' || sign === '[') depth++;
    else if ((sign === '}' || sign === ']') && --depth === 0) return i + 1;
  }
  return undefined;
}

/** Finds the quote that closes a string; undefined if the line ends before it, which no string of JSON spans. */
function endOfString(text: string, open: number): number | undefined {
  for (let i = open + 1; i < text.length; i++) {
    const sign = text[i];
    if (sign === '\\') i++;
    else if (sign === '"') return i;
    else if (sign === '\n') return undefined;
  }
  return undefined;
}
