export { diversityPoints } from './diversity-points.ts';
export {
  type Direction,
  HYPOTHESES,
  type Hypothesis,
  type TestedHypothesis,
  testHypotheses,
  type Verdict,
} from './hypotheses/index.ts';
export { qloraRatings, qloraReviews } from './qlora-ratings.ts';
export { type StyleColumnsOptions, styleColumns } from './style-columns.ts';
export { type WatchedRun, watch } from './watch.ts';
