import type { Evidence } from '../schema.ts';
import { panelsFigure } from './panels-figure.ts';
import type { FigureView } from './views.ts';

/** Similarity of the queries of a set. */
export interface DiversityPoint {
  set: string;
  /** Queries that were compared; the value grows with their number. */
  n: number;
  /** Mean BLEU with the most similar other query, percent. */
  value: number;
  evidence: Evidence;
}

/**
 * Draws how similar the queries of sets are, at several sizes: only values at one size compare.
 *
 * @see Gudibande et al. 2023, §3
 * @example
 * diversityFigure([{ set: 'mine', n: 250, value: 12, evidence: 'live' }])
 */
export function diversityFigure(points: readonly DiversityPoint[]): FigureView {
  const sets = [...new Set(points.map(({ set }) => set))];
  const series = sets.map(set => {
    const own = points.filter(point => point.set === set).sort((a, b) => a.n - b.n);
    const { evidence } = own[0] ?? { evidence: 'public' as const };
    return {
      name: set,
      evidence,
      points: own.map(({ n, value }) => ({ x: n, value, low: null, high: null, n, seeds: null })),
    };
  });
  return panelsFigure('diversity', 'How alike the queries of a set are', [
    [{ title: 'Lower is more diverse', x: 'queries', y: 'BLEU with the nearest other, %', series }],
  ]);
}
