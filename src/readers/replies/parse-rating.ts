import { jsonRating } from './json-reply.ts';
import { plainLines, plainReply } from './plain-reply.ts';
import { DEFAULT_SCALE, NUMBER, type Scale, scoreOf } from './score.ts';

const MARKED = /\[\[\s*(\d+(?:\.\d+)?)(?:\s*\/\s*(\d+))?\s*\]\]/g;
const LABELLED = new RegExp(
  String.raw`^(?:(?:my|the|final|overall|total)\s+)*(?:rating|score)\s*(?::|=|is|\|)\s*${NUMBER}(?:\s*[.!]?$|\s*\(.*\)\s*[.]?$|\s+[-–—]\s+(?=[^\d\s]).*$)`,
  'i',
);
const LABELLED_OUT_OF = new RegExp(
  String.raw`^(?:(?:my|the|final|overall|total)\s+)*(?:rating|score)\s*(?::|=|is|\|)\s*${NUMBER}`,
  'i',
);
const ALONE = new RegExp(`^${NUMBER}\\s*[.!]?$`);

/**
 * Parses a judge's reply on one answer: the last `[[7]]`, else a line such as `Rating: 7/10`, JSON, or a number alone on
 * the first or last line. Numbers in a sentence and outside the scale are no scores, and reasoning is not read.
 *
 * @param options range of the scores; default 1 to 10.
 * @returns null where there is none.
 * @example
 * parseRating('It is short. Rating: [[7]]') // 7
 * parseRating('Of 3 claims 2 are right.') // null
 */
export function parseRating(
  text: string,
  { scale = DEFAULT_SCALE }: { scale?: Scale | undefined } = {},
): number | null {
  const reply = plainReply(text);
  const lines = plainLines(reply);
  const scores = (found: Iterable<RegExpExecArray | null>) =>
    Array.from(found).flatMap(one => scoreOf(one?.[1], one?.[2], scale) ?? []);
  return (
    scores(reply.matchAll(MARKED)).at(-1) ??
    scores(lines.map(labelled)).at(-1) ??
    jsonRating(reply, scale) ??
    scores([lines[0], lines.at(-1)].map(line => ALONE.exec(line ?? '')))[0] ??
    null
  );
}

/** Matches a labelled score; after one that is out of something, anything may follow. */
function labelled(line: string): RegExpExecArray | null {
  const outOf = LABELLED_OUT_OF.exec(line);
  return LABELLED.exec(line) ?? (outOf?.[2] === undefined ? null : outOf);
}
