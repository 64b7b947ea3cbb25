export type { Estimate, Evidence, Preference, Rating } from '../schema.ts';
export { type BootstrapOptions, bootstrap } from './bootstrap.ts';
export { clusteredShare } from './clustered-share.ts';
export { comparePairs, type PairComparison } from './compare-pairs.ts';
export { fleissKappa } from './fleiss-kappa.ts';
export { hash64 } from './hash64.ts';
export { holm } from './holm.ts';
export type { Interval } from './interval.ts';
export { type AlphaOptions, krippendorffAlpha } from './krippendorff-alpha.ts';
export { latestRatings, pairKey } from './latest-ratings.ts';
export { type Choice, majorityVotes, type Vote, type VoteOptions } from './majority-votes.ts';
export { mean, standardDeviation } from './mean.ts';
export { type MeanOptions, meanEstimate } from './mean-estimate.ts';
export { newcombe, shareDifference, squareAndAdd, type Trials } from './newcombe.ts';
export { normalQuantile } from './normal-quantile.ts';
export { pairedBootstrap } from './paired-bootstrap.ts';
export { passAtK } from './pass-at-k.ts';
export { pearson } from './pearson.ts';
export { percentileInterval } from './percentile-interval.ts';
export { type PairedTest, type PermutationOptions, permutationTest } from './permutation-test.ts';
export { quantile } from './quantile.ts';
export type { Ratings, RatingValue } from './ratings.ts';
export { type ResampleOptions, resample, timesDrawn } from './resample.ts';
export {
  type LogitRow,
  type LogitRows,
  logistic,
  logitRows,
  type RidgeLogitOptions,
  ridgeLogit,
} from './ridge-logit.ts';
export { rocAuc } from './roc-auc.ts';
export { type Random, seededRandom } from './seeded-random.ts';
export { type SignTest, signTest } from './sign-test.ts';
export { type PreferenceSummary, summarizePreference } from './summarize-preference.ts';
export {
  type RatingOptions,
  type RatingSummary,
  type Spread,
  summarizeRatings,
} from './summarize-ratings.ts';
export { tInterval } from './t-interval.ts';
export { type TTestOptions, tTest } from './t-test.ts';
export { type PowerOptions, valuesNeeded } from './values-needed.ts';
export { share, wilson } from './wilson.ts';
