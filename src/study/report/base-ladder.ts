import type { StudyRow } from '../../schema.ts';
import { mean, tInterval } from '../../stats/index.ts';
import { type StudyMean, studyMeans } from './study-means.ts';

/** Measures of a base model's knowledge. */
const MEASURES = ['facts.exact-match', 'choice.accuracy', 'loss.held-out'] as const;

/** A measure along the base models, from the smallest to the largest. */
export interface LadderMeasure {
  measure: (typeof MEASURES)[number];
  /** A base model each. */
  steps: StudyMean[];
  /** The largest less the smallest: mean over seeds, with Student's 95 % interval of it over seeds. */
  gain: { value: number | null; low: number | null; high: number | null; seeds: number };
}

/** Compares the base models' knowledge by size: a check that the study measures anything. */
export function baseLadder(rows: readonly StudyRow[]): LadderMeasure[] {
  const bases = rows.filter(({ model }) => model === 'base');
  const sizes = bases.map(({ size }) => size ?? 0);
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  return MEASURES.map(measure => {
    const own = bases.filter(row => row.measure === measure);
    const steps = studyMeans(own).sort((a, b) => (a.size ?? 0) - (b.size ?? 0));
    const valueIn = (seed: number, size: number) =>
      own.find(row => row.seed === seed && row.size === size)?.value ?? null;
    const gains = [...new Set(own.map(({ seed }) => seed))].flatMap(seed => {
      const [from, to] = [valueIn(seed, smallest), valueIn(seed, largest)];
      return from === null || to === null || smallest === largest ? [] : [to - from];
    });
    return { measure, steps, gain: { value: mean(gains), ...tInterval(gains), seeds: gains.length } };
  });
}
