import { type Line, lines, listMarkerLength } from './lines.ts';
import { type Span, trimSpan } from './span.ts';

/** Beginning of a summary, after non-word characters. */
const SUMMARY =
  /^\W*(?:overall|in summary|in conclusion|to summarize|to sum up|in short|ultimately|in essence|all in all|in general)\b/i;

/** The parts of an answer that show its style, as spans of the raw text. */
export interface AnswerStructure {
  /** Lines that are list items; empty unless there are at least two. */
  listLines: Span[];
  /** The first paragraph, where more follows and it is no list item. */
  opening: Span | null;
  /** The last paragraph, where it sums up. */
  summary: Span | null;
}

/**
 * Finds list lines, opening and summary of an answer.
 *
 * - **List**: at least two lines begin with a bullet (`- * • + –`), a number (`1.`, `2)`, `(3)`) or a letter (`a.`,
 *   `B)`), then white space and text.
 * - **Paragraphs** are split on blank lines; where there is only one, its lines count as paragraphs. A text of a
 *   single line has neither opening nor summary.
 * - **Summary**: the last paragraph, if it is no list item and begins, after non-word characters and in any case,
 *   with overall, in summary, in conclusion, to summarize, to sum up, in short, ultimately, in essence, all in all,
 *   or in general.
 *
 * @see Gudibande et al. 2023, Table 2
 */
export function answerStructure(text: string): AnswerStructure {
  const all = lines(text);
  const items = all.flatMap(line => (listMarkerLength(line.text) > 0 ? (trimSpan(text, line) ?? []) : []));
  const blocks = paragraphs(all);
  const first = blocks[0];
  const last = blocks.at(-1);
  const several = blocks.length > 1;
  return {
    listLines: items.length > 1 ? items : [],
    opening: several && first && !isItem(text, first) ? trimSpan(text, first) : null,
    summary: several && last && isSummary(text, last) ? trimSpan(text, last) : null,
  };
}

/**
 * Reports whether the answer has a list: at least two list lines, see {@link answerStructure}.
 *
 * @example
 * hasList('Two fruits:\n- apples\n- pears'); // true
 */
export function hasList(text: string): boolean {
  return answerStructure(text).listLines.length > 0;
}

/**
 * Reports whether the answer ends in a summary paragraph, see {@link answerStructure}.
 *
 * @example
 * hasSummary('Apples are sweet.\n\nOverall, apples are good.'); // true
 */
export function hasSummary(text: string): boolean {
  return answerStructure(text).summary !== null;
}

/** Returns runs of lines that are not blank; the lines themselves if there is a single run. */
function paragraphs(all: readonly Line[]): Span[] {
  const runs: Span[] = [];
  let afterBlank = true;
  for (const { start, end, text } of all) {
    const blank = !/\S/.test(text);
    const run = runs.at(-1);
    if (!blank && run && !afterBlank) run.end = end;
    else if (!blank) runs.push({ start, end });
    afterBlank = blank;
  }
  return runs.length > 1 ? runs : all.filter(line => /\S/.test(line.text));
}

function isItem(text: string, { start, end }: Span): boolean {
  return listMarkerLength(text.slice(start, end)) > 0;
}

function isSummary(text: string, block: Span): boolean {
  return !isItem(text, block) && SUMMARY.test(text.slice(block.start, block.end));
}
