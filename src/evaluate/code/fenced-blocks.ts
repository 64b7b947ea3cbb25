/** Fenced block of Markdown. */
export interface FencedBlock {
  /** First word after the opening fence, such as `python`; empty where there is none. */
  language: string;
  /** The lines within, without the indent of the opening fence. */
  code: string;
}

/** A text's fenced blocks, and its other lines. */
export interface FencedText {
  blocks: FencedBlock[];
  /** The lines before the first block. */
  before: string;
  /** All lines outside of blocks. */
  outside: string;
}

/** Opening fence on a line of its own: indent, fence, info. */
const OPENING = /^([ \t]*)(`{3,}|~{3,})([^`]*)$/;
/** Opening fence at the end of a line of prose. */
const LATE_OPENING = /^([^`]*[^`\s])[ \t]*(`{3,})([\w+.-]*)[ \t]*$/;
/** Closing fence at the end of a line of code. */
const LATE_CLOSING = /^([^`]*[^`\s])[ \t]*`{3,}[ \t]*$/;

/**
 * Splits a text into its fenced blocks, as CommonMark has them, and what is outside. A block that is never closed, as in
 * an answer that was cut, extends to the end. Beyond CommonMark, as models write them: a fence may open at the end of a
 * line of prose, and the last one close at the end of a line of code.
 */
export function splitFences(text: string): FencedText {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks: FencedBlock[] = [];
  const outside: string[] = [];
  let before: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const opening = OPENING.exec(line) ?? LATE_OPENING.exec(line);
    const [, lead = '', fence = '', info = ''] = opening ?? [];
    if (lead.trim() !== '' || opening === null) outside.push(opening === null ? line : lead);
    if (opening === null) continue;
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    before ??= joined(outside);
    const { code, end } = readBlock(lines, at + 1, fence);
    blocks.push({
      language: /\w[\w+.-]*/.exec(info)?.[0].toLowerCase() ?? '',
      code: joined(code.map(each => (each.startsWith(indent) ? each.slice(indent.length) : each))),
    });
    at = end;
  }
  return { blocks, before: before ?? text, outside: joined(outside) };
}

/** Reads a block's lines from its first one up to the closing fence, and the index of the line of that. */
function readBlock(lines: readonly string[], from: number, fence: string): { code: string[]; end: number } {
  const closes = (line: string) => line.trim().startsWith(fence) && /^[ \t]*[`~]+[ \t]*$/.test(line);
  const closing = lines.findIndex((line, at) => at >= from && closes(line));
  if (closing >= 0) return { code: lines.slice(from, closing), end: closing };
  const late = fence.startsWith('`')
    ? lines.findIndex((line, at) => at >= from && LATE_CLOSING.test(line))
    : -1;
  if (late < 0) return { code: lines.slice(from), end: lines.length };
  const last = LATE_CLOSING.exec(lines[late] ?? '')?.[1] ?? '';
  return { code: [...lines.slice(from, late), last], end: late };
}

/** Joins lines, each with its end, so that a block of no line is empty. */
function joined(lines: readonly string[]): string {
  return lines.map(line => `${line}\n`).join('');
}
