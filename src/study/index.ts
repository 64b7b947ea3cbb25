export type { PlannedRun, PlanOutcome, RunEvent, RunFailure } from '../jobs/index.ts';
export { factsComparison, type StudyComparisonOptions, studyComparison } from './compare/index.ts';
export type { CheckpointStudy, GivenCheckpointStudy } from './config/checkpoint-study.ts';
export { diversityPoints } from './diversity-points.ts';
export { type DryRun, type DryRunRow, dryRun } from './dry-run/dry-run.ts';
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
export { paperIndexTable } from './paper-index-table.ts';
export type { AskedSet, LeakageCheck, StudyLeakage } from './pipeline/leakage.ts';
export { type OpenStudyOptions, openStudy } from './pipeline/open-study.ts';
export {
  type CheckpointStudyPlan,
  planStudy,
  type StudyChoice,
  type StudyPlan,
} from './pipeline/plan-study.ts';
export { type RunStudyOptions, runStudy, type StudyRunOptions } from './pipeline/run-study.ts';
export { recordSample } from './pipeline/sample-results.ts';
export type { Study, StudyManifest, StudyResults } from './pipeline/study-files.ts';
export type { StudyRun } from './pipeline/study-run.ts';
export { type StudyStatus, studyStatus } from './pipeline/study-status.ts';
export { humanPreference } from './ratings/human-preference.ts';
export { type RatingPairsOptions, ratingPairs } from './ratings/rating-pairs.ts';
export { simulatedRatings } from './ratings/simulated-ratings.ts';
export type { StudyAnswers } from './ratings/study-pairs.ts';
export { describeStudy, type StudyDescription } from './report/describe-study.ts';
export { reportText } from './report/report-text.ts';
export { type StudyReport, studyReport } from './report/study-report.ts';
export { TOLERANCE } from './verify/compare-rows.ts';
export { type StudyVerification, type VerifyStudyOptions, verifyStudy } from './verify/verify-study.ts';
export { type WatchedRun, watchRun } from './watch.ts';
