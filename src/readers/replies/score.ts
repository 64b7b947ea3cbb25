/** Range of a judge's scores, both ends included. */
export interface Scale {
  low: number;
  high: number;
}

/** Scale of Vicuna's and MT-bench's prompts. */
export const DEFAULT_SCALE: Scale = { low: 1, high: 10 };

/** Two scores, in the order in which the answers were shown. */
export type ScorePair = [number, number];

/**
 * Source of a number as judges write scores: `8`, `7.5`, `[8]`, `[[8]]`, `8/10`, `8 out of 10`. Its two groups are the
 * score and what it is out of.
 */
export const NUMBER = String.raw`(?<![\d.\-−])\[{0,2}(\d+(?:\.\d+)?)\]{0,2}(?:\s*(?:\/|out\s+of)\s*(\d+(?:\.\d+)?))?(?![\d%])`;

/** Returns the score of a number and what it is out of; undefined outside the scale or of another one. */
export function scoreOf(
  number: string | undefined,
  outOf: string | undefined,
  scale: Scale,
): number | undefined {
  if (number === undefined || (outOf !== undefined && Number(outOf) !== scale.high)) return undefined;
  const score = Number(number);
  return score >= scale.low && score <= scale.high ? score : undefined;
}

/** Returns two scores, if both are in the scale. */
export function pairOf(
  first: readonly [string | undefined, string | undefined],
  second: readonly [string | undefined, string | undefined],
  scale: Scale,
): ScorePair | undefined {
  const [one, two] = [scoreOf(...first, scale), scoreOf(...second, scale)];
  return one === undefined || two === undefined ? undefined : [one, two];
}
