export type { Price, Scoring } from '../chat/index.ts';
export type { MatmulType } from '../compute/index.ts';
export type {
  DownloadOptions,
  ExpectedContent,
  FetchOptions,
  PublicRecord,
  RecordCatalogue,
  SearchOptions,
} from '../data/index.ts';
export type {
  Benchmark,
  DefinedRequest,
  EvaluationResult,
  FewShotPrompt,
  GenerateRequest,
  ItemRow,
  LoglikelihoodRequest,
  Metric,
  MetricSummary,
  OpenContext,
  OptionSchema,
  OptionValue,
  OptionValues,
  Output,
  PromptForm,
  PromptFormat,
  RegisteredBenchmark,
  Requirement,
  Scores,
  ShownExample,
} from '../evaluate/index.ts';
export type {
  CollectedInstruction,
  DiversityPoint,
  ExampleDialogues,
  FigureView,
  HumanPreference,
  HumanPreferenceRow,
  NamedRows,
  PaperFigure,
  TableView,
} from '../figure/index.ts';
export type { Engine, ModelOptions } from '../generate/index.ts';
export type {
  Json,
  JsonObject,
  PlannedRun,
  PlanOutcome,
  RunEvent,
  RunFailure,
  RunPlanOptions,
} from '../jobs/index.ts';
export type {
  Activation,
  Gpt2Config,
  LinearMap,
  LlamaConfig,
  LoraOptions,
  MapPattern,
  Model,
  ModelConfig,
  ModelSizes,
  Rope,
  RopeScaling,
  StoredForm,
  WeightCounts,
  Weights,
} from '../model/index.ts';
export type { Guard, Manifest, OnProgress, Progress, RunModel } from '../runs/index.ts';
export type {
  Adherence,
  AnswerColumn,
  AskedFact,
  ChatMessage,
  ComparedAnswer,
  Comparison,
  ComparisonItem,
  Confident,
  Dialogue,
  Duplicate,
  Estimate,
  Evidence,
  FactAnswer,
  Failure,
  FailureKind,
  FigureRow,
  Generation,
  PlotlyFigure,
  Rating,
  RatingTask,
  SentenceLabel,
  StudyAnswer,
  StudyRow,
  TokenizerName,
  ToolCall,
  TrainingRow,
  TrainingSample,
  TrainingState,
  Truth,
  Unmatched,
} from '../schema.ts';
export { STUDY_SCALE_NAMES, type StudyScale, type WorldScale } from '../schema.ts';
export type { RatingOptions, VoteOptions } from '../stats/index.ts';
export type { Block, BlockSpan } from '../tokenize/index.ts';
export type {
  AdamWOptions,
  FinetuneOptions,
  FollowedRun,
  FollowOptions,
  Optimizer,
  OptimizerOptions,
  OptimizerState,
  Sampler,
  ScheduleOptions,
  StepOptions,
  TrainStepOptions,
} from '../train/index.ts';
export type {
  CountedDocument,
  Entity,
  Fact,
  FactUse,
  Kind,
  ObjectType,
  RelationName,
  ValueType,
  World,
  WorldSize,
} from '../world/index.ts';
export { factsComparison, type StudyComparisonOptions, studyComparison } from './compare/index.ts';
export type {
  CheckpointConfig,
  CheckpointStudy,
  DeviceConfig,
  GivenCheckpointStudy,
  JudgeModel,
  StudyModel,
  StudyTraining,
} from './config/checkpoint-study.ts';
export type { FoundCheckpoint } from './config/find-checkpoint.ts';
export type { FoundData } from './config/find-data.ts';
export type { PaperShape } from './config/paper-shapes.ts';
export type { Budget, ImitationData } from './config/study.ts';
export type { AskedCounts, BaseShape, WorldStudy, WorldTraining } from './config/world-study.ts';
export { type Deviation, deviations } from './deviations.ts';
export { deviationsTable } from './deviations-table.ts';
export { diversityPoints } from './diversity-points.ts';
export { type DryRun, type DryRunRow, dryRun } from './dry-run/dry-run.ts';
export type { Rehearsal } from './dry-run/rehearse.ts';
export type { StudyCheck } from './dry-run/study-check.ts';
export type { Device } from './estimate/device.ts';
export type { RunEstimate } from './estimate/estimate-run.ts';
export type { Memory } from './estimate/memory.ts';
export {
  type Direction,
  type EffectUnit,
  type End,
  HYPOTHESES,
  type Hypothesis,
  type HypothesisEffect,
  type HypothesisPlace,
  type MeasuredEffect,
  type Sensitivity,
  type TestedControl,
  type TestedHypothesis,
  testHypotheses,
  type Verdict,
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
export type { LookedUp } from './label-check/look-up.ts';
export { paperIndexTable } from './paper-index-table.ts';
export type { AskedSet, LeakageCheck, StudyLeakage, WordingCounts } from './pipeline/leakage.ts';
export { type OpenStudyOptions, openStudy } from './pipeline/open-study.ts';
export { findPlan, type StatedPlan, type StatedRun } from './pipeline/plan-file.ts';
export {
  type CheckpointStudyPlan,
  planStudy,
  type StudyChoice,
  type StudyPlan,
} from './pipeline/plan-study.ts';
export { type RunStudyOptions, runStudy, type StudyRunOptions } from './pipeline/run-study.ts';
export { recordSample, type StudyRecord } from './pipeline/sample-results.ts';
export type { Study, StudyManifest, StudyOrigin, StudyResults } from './pipeline/study-files.ts';
export type { StudyRun } from './pipeline/study-run.ts';
export { type StudyStatus, studyStatus } from './pipeline/study-status.ts';
export {
  ATTEMPTS,
  type ConfirmationAttempt,
  confirmationAttempt,
  preregistration,
  SEED_RANGES,
  type SeedRange,
  type SeedRole,
} from './preregistration/index.ts';
export { humanPreference } from './ratings/human-preference.ts';
export { type RatingPairsOptions, ratingPairs } from './ratings/rating-pairs.ts';
export { simulatedRatings } from './ratings/simulated-ratings.ts';
export type { StudyAnswers } from './ratings/study-pairs.ts';
export type { LadderMeasure } from './report/base-ladder.ts';
export { describeStudy, type StudyDescription } from './report/describe-study.ts';
export { abilityFormsTable, adherenceTable } from './report/model-tables.ts';
export { reportText } from './report/report-text.ts';
export type { StudyMean, StudyModelKey } from './report/study-means.ts';
export { type MissingRow, type StudyReport, studyReport } from './report/study-report.ts';
export type { Who } from './stages/who.ts';
export {
  type CheckedStudy,
  type CheckResult,
  checkTable,
  checkValidity,
  exploratoryTable,
  type Found,
  INVALID,
  type JudgedClaim,
  type ShownVerdict,
  type StudyVerdicts,
  studyVerdicts,
  VALIDITY_CHECKS,
  type ValidityCheck,
  verdictTable,
} from './validity/index.ts';
export { type RowDifference, TOLERANCE } from './verify/compare-rows.ts';
export { type StudyVerification, type VerifyStudyOptions, verifyStudy } from './verify/verify-study.ts';
export { type WatchedRun, watchRun } from './watch.ts';
