import { NUMBER, pairOf, type Scale, type ScorePair } from './score.ts';

/** A line that holds two scores and nothing else that matters. */
export interface PairLine {
  scores: ScorePair;
  /** True if words or brackets mark it as scores: `Scores: 8 7`, `(8, 7)`. */
  marked: boolean;
  index: number;
}

/** Words that announce scores; a line of any other words is prose. */
const NOUN = '(?:scores?|ratings?|tuple|output)';
const WORD = `(?:the|my|final|overall|correct|python|is|are|as|follows|${NOUN})`;
const BOTH = String.raw`(?:for|of)\s+(?:the\s+)?(?:assistants?|answers?|responses?|models?)(?:\s+(?:1|A)\s*(?:and|&|,)\s*(?:(?:assistant|answer|response|model)\s+)?(?:2|B))?`;
const ANNOUNCED = String.raw`(?:${WORD}\s+){0,5}?${NOUN}(?:\s+${BOTH})?(?:\s+(?:tuple|output|is|are|as|follows)){0,3}\s*(?:[:=]|\s)\s*`;
const SEPARATOR = String.raw`(?:\s*[,;|&]\s*|\s+(?:(?:and|vs\.?|&)\s+)?)`;
const END = String.raw`\s*[.!]?$`;

const BARE = new RegExp(`^(${ANNOUNCED})?${NUMBER}${SEPARATOR}(?:and\\s+)?${NUMBER}${END}`, 'i');
const BRACKETED = new RegExp(
  String.raw`^(?:${ANNOUNCED})?(?:\(\s*${NUMBER}\s*,\s*${NUMBER}\s*\)|\[\s*${NUMBER}\s*,\s*${NUMBER}\s*\])${END}`,
  'i',
);

/** Finds the lines that hold two scores: bare, announced, or as a tuple. */
export function pairLines(lines: readonly string[], scale: Scale): PairLine[] {
  return lines.flatMap((line, index) => {
    const bare = BARE.exec(line);
    const bracketed = bare ? null : BRACKETED.exec(line);
    const [a, aOf, b, bOf] = bare ? bare.slice(2) : given(bracketed);
    const scores = pairOf([a, aOf], [b, bOf], scale);
    return scores ? [{ scores, marked: bare === null || bare[1] !== undefined, index }] : [];
  });
}

/** Returns the groups of the kind of brackets that matched. */
function given(found: RegExpExecArray | null): (string | undefined)[] {
  return found?.[1] === undefined ? (found?.slice(5) ?? []) : found.slice(1, 5);
}
