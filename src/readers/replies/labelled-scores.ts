import { NUMBER, type Scale, type ScorePair, scoreOf } from './score.ts';

/** Owner of a score: `Assistant 1`, `Model B’s answer`, `Score for Response 2`, `A`. The group is 1, 2, A or B. */
const OWNER = String.raw`(?:(?:the\s+)?(?:final\s+|overall\s+)?(?:score|rating)\s+(?:(?:for|of)\s+)?)?(?:the\s+)?(?:(?:assistant|model|answer|response|candidate|system|ai)\s*#?\s*)?\b([12AB])\b(?:['’]s)?(?:\s+(?:answer|response)(?:['’]s)?)?(?:\s*\(?(?:final\s+|overall\s+)?(?:score|rating)\)?)?`;
/** Sign between owner and number; a space alone is prose. */
const SIGN = String.raw`\s*(?:(?::|=|\||→|[-–—]\s|\bis\b)\s*(?:(?:score|rating)\s*(?:of\b)?\s*:?)?|\((?:score|rating)?:?)\s*`;
/** A remark after a number that is a score beyond doubt. */
const REMARK = String.raw`(?:\s*\([^()]*(?:\([^()]*\)[^()]*)*\)\s*[.]?$|\s+[-–—]\s+(?=[^\d\s]).*$)`;
const HEADING = /^(?:scores?|ratings?|final scores?|overall scores?)\s*:\s*/i;
/** Brackets around a whole line. */
const WRAPPED = /^\(([^()]*)\)$/;
const ITEM = new RegExp(`^${OWNER}${SIGN}${NUMBER}\\s*\\)?`, 'i');
const NEXT = /^\s*(?:[,;|.]|\band\b)?\s*/i;
const LONE_OWNER = new RegExp(`^${OWNER}\\s*:?$`, 'i');
const OWN_SCORE = new RegExp(
  `^(?:final\\s+|overall\\s+)?(?:score|rating)\\s*(?::|=|\\||is)\\s*${NUMBER}`,
  'i',
);
/** Rest of the line after a score that is out of something. */
const AFTER_OUT_OF = /^(?:\s*[.,;:(–—-].*)?$/;
const LINE_END = new RegExp(`^(?:(?:\\s*points?)?\\s*[.]?$|${REMARK})`);

/**
 * Finds scores that name their answer, such as `Assistant 1: 8` or `Score: 8/10` under a heading `Assistant 1`: the
 * last of each. Undefined unless both answers have one.
 */
export function labelledScores(lines: readonly string[], scale: Scale): ScorePair | undefined {
  const found = new Map<Place, number>();
  let under: Place | undefined;
  for (const line of lines) {
    const owner = LONE_OWNER.exec(line)?.[1];
    if (owner !== undefined) {
      under = placeOf(owner);
      continue;
    }
    const own = OWN_SCORE.exec(line);
    if (own !== null && under !== undefined) {
      const score = ends(line.slice(own[0].length), own[2]) ? scoreOf(own[1], own[2], scale) : undefined;
      if (score !== undefined) found.set(under, score);
      continue;
    }
    for (const [place, score] of itemsOf(line.replace(HEADING, '').replace(WRAPPED, '$1'), scale))
      found.set(place, score);
  }
  const [first, second] = [found.get('first'), found.get('second')];
  return first === undefined || second === undefined ? undefined : [first, second];
}

type Place = 'first' | 'second';

function placeOf(owner: string): Place {
  return /[1a]/i.test(owner) ? 'first' : 'second';
}

/** Reads a line of labelled scores and nothing else; empty of any other. */
function itemsOf(line: string, scale: Scale): [Place, number][] {
  const items: [Place, number][] = [];
  let rest = line;
  for (let item = ITEM.exec(rest); item !== null; item = ITEM.exec(rest)) {
    const [whole, owner = '', number, outOf] = item;
    const score = scoreOf(number, outOf, scale);
    if (score === undefined) return [];
    items.push([placeOf(owner), score]);
    rest = rest.slice(whole.length);
    if (ends(rest, outOf)) return items;
    rest = rest.replace(NEXT, '');
  }
  return [];
}

function ends(rest: string, outOf: string | undefined): boolean {
  const next = rest.replace(NEXT, '');
  if (ITEM.test(next)) return false;
  return LINE_END.test(rest) || (outOf !== undefined && AFTER_OUT_OF.test(rest));
}
