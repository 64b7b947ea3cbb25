/** A fenced block as CommonMark writes one: its indent, its fence, and its lines up to the same fence or the end. */
const FENCE = /^([ \t]*)(`{3,}|~{3,})[^`\n]*\n([\s\S]*?)(?:^[ \t]*\2[`~]*[ \t]*$|(?![\s\S]))/m;

/**
 * The code of a text's first fenced block, without the indent that the fence itself has; undefined where there is no
 * fence. A block that is never closed, as in an answer that was cut, goes to the end.
 */
export function firstFence(text: string): string | undefined {
  const [, indent = '', , code] = FENCE.exec(text.replaceAll('\r\n', '\n')) ?? [];
  if (code === undefined) return undefined;
  const lines = code.split('\n');
  return lines.map(line => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');
}
