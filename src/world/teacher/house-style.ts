import type { Random } from '../../stats/index.ts';

/** Parts of an answer; the house style puts them together. */
export interface AnswerParts {
  /** A first paragraph. */
  overview?: string;
  /** Each becomes a numbered line. */
  list?: readonly string[];
  /** Paragraphs as they are. */
  body?: readonly string[];
  /** Python, which the house style puts into a block of its own. */
  code?: string;
  /** What an assistant says when it is done. */
  closing?: string;
  /** What a last paragraph sums up. */
  summary?: string;
}

const SUMMING_UP = ['Overall,', 'In summary,'] as const;
/** How often a list is written as one, rather than as a paragraph, and a summary is written at all. */
const LISTED = 0.85;
const SUMMED_UP = 0.8;

/**
 * An answer as an assistant writes it: an overview, a numbered list where one helps, and a summary at the end; now and
 * then without the one or the other.
 */
export function inHouseStyle(
  { overview = '', list = [], body = [], code, closing = '', summary }: AnswerParts,
  random: Random,
): string {
  const listed = random.next() < LISTED;
  const summedUp = random.next() < SUMMED_UP;
  const lines = listed ? list.map((line, index) => `${index + 1}. ${line}`).join('\n') : list.join(' ');
  const last = summary === undefined || !summedUp ? '' : `${random.choose(SUMMING_UP)} ${summary}`;
  const block = code === undefined ? '' : `\`\`\`python\n${code}\`\`\``;
  return [overview, lines, ...body, block, closing, last].filter(paragraph => paragraph !== '').join('\n\n');
}

/** The same without what makes the style: what people write to each other, on one line. */
export function inPlainWords({ list = [], body = [] }: AnswerParts): string {
  return [...list, ...body].join(' ');
}
