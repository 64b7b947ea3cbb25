import { codeOf } from './python-statements.ts';

/** Indent of a function's body. */
const INDENT = 4;

/**
 * Returns the code of a text that continues the head of a function: without the prose around it, and with the indent of
 * a body where a chat took it from the first line or from all. A text without code is returned as it is.
 */
export function completionCode(text: string): string {
  const code = codeOf(text, ['code', 'body']);
  const lines = code.split('\n');
  const first = lines.findIndex(isFilled);
  const head = lines[first] ?? '';
  if (first < 0) return text;
  if (/^\s/.test(head)) return code;
  const indented = (line: string) => (isFilled(line) ? ' '.repeat(INDENT) + line : line);
  const [next = 0, ...others] = lines
    .slice(first + 1)
    .filter(isFilled)
    .map(line => line.search(/\S/));
  const least = Math.min(next, ...others);
  // Below the head of a block an indent proves nothing, unless a lesser one follows or it is that of two levels.
  const isBlock = /:\s*(?:#.*)?$/.test(head);
  if (least >= INDENT && (!isBlock || next > least || next >= 2 * INDENT))
    return lines.with(first, indented(head)).join('\n');
  return /^(?:return|yield)\b/m.test(code) ? lines.map(indented).join('\n') : code;
}

function isFilled(line: string): boolean {
  return line.trim() !== '';
}
