/** The bounds of a confidence interval; both null where there is none. */
export interface Interval {
  low: number | null;
  high: number | null;
}

/** Share of the time that an interval should hold the true value, unless another is asked for. */
export const DEFAULT_LEVEL = 0.95;

/** @throws {RangeError} unless 0 < level < 1. */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(
      `Cannot make a confidence interval: the level must lie between 0 and 1, found ${level}`,
    );
  }
}
