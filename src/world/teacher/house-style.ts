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
  /** Last words of an assistant. */
  closing?: string;
  /** Content of a last paragraph. */
  summary?: string;
}

const SUMMING_UP = ['Overall,', 'In summary,'] as const;
/** Probability that a list is written as one, rather than as a paragraph, and that a summary is written at all. */
const LISTED = 0.9;
const SUMMED_UP = 0.85;

/**
 * Writes an answer as an assistant does: an overview, a numbered list where one helps, and a summary at the end; now
 * and then without the one or the other.
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
