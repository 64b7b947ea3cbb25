import type { StudyRow } from '../../schema.ts';
import { contrast, type HypothesisEffect, type HypothesisPlace, less, placeText, valueAt } from './places.ts';

/** An effect that a study measures. */
export interface MeasuredEffect {
  /** The measure and the models that are compared: `facts.exact-match: broad − base`. */
  text: string;
  /** Computes it by the rows of one seed; null where they do not determine it. */
  of(rows: readonly StudyRow[]): HypothesisEffect | null;
}

/** Part of the way from base model to teacher that an imitation model's style must have gone. */
const QUARTER = 0.25;

const BASE: HypothesisPlace = { model: 'base' };
const BROAD: HypothesisPlace = { model: 'broad' };
const TEACHER: HypothesisPlace = { model: 'teacher-again' };

/** Measures the difference of a measure between two models. */
export function difference(
  measure: string,
  [place, from]: readonly [HypothesisPlace, HypothesisPlace],
): MeasuredEffect {
  return {
    text: `${measure}: ${placeText(place)} − ${placeText(from)}`,
    of: rows => contrast(rows, measure, place, from),
  };
}

/** Measures the value of a measure of one model. */
export function levelOf(measure: string, place: HypothesisPlace): MeasuredEffect {
  return {
    text: `${measure} of ${placeText(place)}`,
    of: rows => valueAt(rows, measure, place),
  };
}

/** Measures the difference of two effects. */
export function minus(effect: MeasuredEffect, from: MeasuredEffect): MeasuredEffect {
  return {
    text: `(${effect.text}) − (${from.text})`,
    of: rows => less(effect.of(rows), from.of(rows)),
  };
}

/**
 * Measures what broad imitation changes in style beyond a quarter of the way from the base model to the second sample
 * of the teacher: (S − B) − .25 (T − B). A ratio of the two would have no mean where they lie near one another.
 * Where the teacher lies below the base model there is no way to go, and S − B is left.
 */
export function beyondQuarter(measure: string): MeasuredEffect {
  return {
    text: `${measure}: (broad − base) − ${QUARTER} (teacher-again − base)`,
    of: rows => {
      const gone = contrast(rows, measure, BROAD, BASE);
      const way = contrast(rows, measure, TEACHER, BASE);
      if (gone === null || way === null) return null;
      return { value: gone.value - QUARTER * Math.max(0, way.value), n: Math.min(gone.n, way.n) };
    },
  };
}
