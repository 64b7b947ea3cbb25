import { jsonPair } from './json-reply.ts';
import { labelledScores } from './labelled-scores.ts';
import { pairLines } from './pair-lines.ts';
import { plainLines, plainReply } from './plain-reply.ts';
import { DEFAULT_SCALE, type Scale, type ScorePair } from './score.ts';
import { parseVerdict } from './verdict.ts';

/** Form in which a judge is asked to compare two answers: two scores, or the better one. */
export type PairForm = 'scores' | 'verdict';

/** Options of {@link parsePairReply}. */
export interface PairReplyOptions {
  /** Range of the scores; default 1 to 10. */
  scale?: Scale | undefined;
  /** Form that was asked for, which is looked for first; default `scores`. */
  form?: PairForm | undefined;
}

/**
 * Parses a judge's reply on two answers: two scores on a line of their own, before or after an explanation (`8 7`,
 * `8/10 6/10`, `(8, 7)`, `Scores: 8, 7.`), labelled (`Assistant 1: 8`), or in JSON; or a verdict (`[[A]]`). Numbers in
 * a sentence, in a function call and outside the scale are no scores, and reasoning is not read.
 *
 * @returns the scores in the order in which the answers were shown; of a verdict 1 and 0, or ½ each. Null where there
 *   are none.
 * @example
 * parsePairReply('Both are right.\n\n**Assistant 1: 8/10**\n**Assistant 2: 6/10**') // [8, 6]
 * parsePairReply('In 2019 and 2020 it was f(8, 7).') // null
 */
export function parsePairReply(
  text: string,
  { scale = DEFAULT_SCALE, form = 'scores' }: PairReplyOptions = {},
): ScorePair | null {
  const reply = plainReply(text);
  const lines = plainLines(reply);
  const scores = () => scoresIn(reply, lines, scale);
  const verdict = () => parseVerdict(reply, lines);
  return (form === 'scores' ? (scores() ?? verdict()) : (verdict() ?? scores())) ?? null;
}

function scoresIn(reply: string, lines: readonly string[], scale: Scale): ScorePair | undefined {
  const pairs = pairLines(lines, scale);
  const [first] = pairs;
  const last = pairs.at(-1);
  if (first?.index === 0) return first.scores;
  if (last?.index === lines.length - 1) return last.scores;
  const marked = pairs.findLast(pair => pair.marked);
  return (
    marked?.scores ??
    labelledScores(lines, scale) ??
    jsonPair(reply, scale) ??
    onlyOne(pairs.map(pair => pair.scores))
  );
}

/** Returns two bare numbers between other lines, if there are no others that could be the scores as well. */
function onlyOne(pairs: readonly ScorePair[]): ScorePair | undefined {
  return pairs.length === 1 ? pairs[0] : undefined;
}
