import { diversity, type SearchOptions } from '../data/index.ts';
import type { DiversityPoint } from '../figure/index.ts';

/** Numbers of queries at which sets are compared. */
const SIZES = [250, 500, 900, 2000, 8000, 32_000];

/**
 * Measures the diversity of the first queries of each set, at every size that it reaches.
 *
 * @param sets queries by the sets' names.
 * @example
 * const queries = Array.from({ length: 250 }, (_, i) => `What is ${i} plus ${2 * i}?`);
 * (await diversityPoints({ sums: queries })).map(({ n }) => n); // [250]
 */
export async function diversityPoints(
  sets: Readonly<Record<string, readonly string[]>>,
  options: SearchOptions = {},
): Promise<DiversityPoint[]> {
  const points: DiversityPoint[] = [];
  for (const [set, queries] of Object.entries(sets)) {
    for (const size of SIZES.filter(size => size <= queries.length)) {
      const { n, value } = await diversity(queries.slice(0, size), options);
      if (value !== null) points.push({ set, n, value, evidence: 'public' });
    }
  }
  return points;
}
