export type { PlannedRun, PlanOutcome, RunEvent, RunFailure } from '../jobs/index.ts';
export { factsComparison, type StudyComparisonOptions, studyComparison } from './compare/index.ts';
export { describeStudy, type StudyDescription } from './describe-study.ts';
export { diversityPoints } from './diversity-points.ts';
export { type DryRun, type DryRunRow, dryRun } from './full/dry-run/dry-run.ts';
export type { FullConfig, GivenFullConfig } from './full/full-config.ts';
export {
  type FullStudy,
  planFullStudy,
  type RunFullStudyOptions,
  runFullStudy,
} from './full/run-full-study.ts';
export { humanPreference } from './human-preference.ts';
export {
  type Direction,
  HYPOTHESES,
  type Hypothesis,
  type TestedHypothesis,
  testHypotheses,
  type Verdict,
  verdictTable,
} from './hypotheses/index.ts';
export { firstOfEachCategory, imitationData } from './imitation-data.ts';
export {
  type CheckedLabel,
  type CheckLabelsOptions,
  checkLabels,
  LABEL_CHECK,
  lookUpIn,
  type NamedFact,
  verdictOf,
  writeLabelCheck,
} from './label-check/index.ts';
export type { AskedSet, LeakageCheck, StudyLeakage } from './leakage.ts';
export { type OpenStudyOptions, openStudy } from './open-study.ts';
export { paperIndexTable } from './paper-index-table.ts';
export { studyPlan } from './plan/study-plan.ts';
export { type RatingPairsOptions, ratingPairs } from './rating-pairs.ts';
export { recordSample } from './record-sample.ts';
export { reportText } from './report/report-text.ts';
export { type StudyReport, studyReport } from './report/study-report.ts';
export { type RunStudyOptions, runStudy } from './run-study.ts';
export { simulatedRatings } from './simulated-ratings.ts';
export type { Study, StudyManifest, StudyResults } from './study-files.ts';
export type { StudyAnswers } from './study-pairs.ts';
export { type StudyStatus, studyStatus } from './study-status.ts';
export { TOLERANCE } from './verify/compare-rows.ts';
export { type StudyVerification, type VerifyStudyOptions, verifyStudy } from './verify/verify-study.ts';
export { type WatchedRun, watchRun } from './watch.ts';
