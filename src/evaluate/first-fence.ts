/** A fenced block as CommonMark writes one: its indent, its fence, and its lines up to the same fence or the end. */
const FENCE = /^([ \t]*)(`{3,}|~{3,})[^`\n]*\n([\s\S]*?)(?:^[ \t]*\2[`~]*[ \t]*$|(?![\s\S]))/m;

/** A fenced block of a text. */
export interface Fence {
  /** The text before it. */
  before: string;
  /** Its lines, without the indent that the fence itself has. */
  code: string;
}

/**
 * A text's first fenced block; undefined where there is none. A block that is never closed, as in an answer that was
 * cut, goes to the end.
 */
export function firstFence(text: string): Fence | undefined {
  const unix = text.replaceAll('\r\n', '\n');
  const found = FENCE.exec(unix);
  if (!found) return undefined;
  const [, indent = '', , code = ''] = found;
  const lines = code.split('\n').map(line => (line.startsWith(indent) ? line.slice(indent.length) : line));
  return { before: unix.slice(0, found.index), code: lines.join('\n') };
}
