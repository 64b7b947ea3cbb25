/**
 * Returns the next size that steps are compiled for, so that a run needs few of them: up to 8 every number, then four
 * from one power of two to the next, 10, 12, 14, 16, 20 and so on. At most a quarter is added.
 */
export function bucket(size: number): number {
  const step = size <= 8 ? 1 : 2 ** (Math.ceil(Math.log2(size)) - 3);
  return Math.ceil(size / step) * step;
}
