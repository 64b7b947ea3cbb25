export { difference, levelOf, type MeasuredEffect } from './effects.ts';
export { EXPLORATORY, type ExploratoryQuestion } from './exploratory.ts';
export { HYPOTHESES } from './hypotheses.ts';
export {
  type EffectUnit,
  effectText,
  type Hypothesis,
  inUnit,
  type Sensitivity,
  UNITS,
} from './hypothesis.ts';
export { type End, type HypothesisEffect, type HypothesisPlace, valueAt } from './places.ts';
export {
  bySeed,
  type OverSeeds,
  overSeeds,
  risesBy,
  type TestedControl,
  type TestedHypothesis,
  testHypotheses,
} from './test-hypotheses.ts';
export type { Direction, Verdict } from './verdict.ts';
