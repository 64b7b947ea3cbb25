export { diversityPoints } from './diversity-points.ts';
export { qloraRatings, qloraReviews } from './qlora-ratings.ts';
export { type StyleColumnsOptions, styleColumns } from './style-columns.ts';
export { type WatchedRun, watch } from './watch.ts';
