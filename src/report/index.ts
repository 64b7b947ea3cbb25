export type {
  Continuation,
  GenerateOptions,
  LanguageModel,
  Likelihood,
  Price,
  Question,
  ScoreOptions,
  Scoring,
} from '../chat/index.ts';
export type {
  CutWords,
  JudgePrompt,
  Labelled,
  PositionBias,
  PromptType,
  ReplyForm,
  StyleControl,
  StyleControlledModel,
  StyleFeature,
  ValueInterval,
} from '../compare/index.ts';
export type { AnswerWords } from '../conversation/index.ts';
export type {
  DownloadOptions,
  ExpectedContent,
  FetchOptions,
  LoadOptions,
  PublicRecord,
  RecordCatalogue,
  RowTable,
  Source,
} from '../data/index.ts';
export type { PromptForm, PromptFormat } from '../evaluate/index.ts';
export type {
  Answers,
  Columns,
  FileKind,
  ReadOptions,
  Scale,
  SkippedRow,
  SourceReport,
} from '../readers/index.ts';
export type { OnProgress, Progress } from '../runs/index.ts';
export type {
  ChatMessage,
  Estimate,
  Evidence,
  Failure,
  FailureKind,
  Generation,
  Preference,
  Prompt,
  PromptTurn,
  Rating,
  ToolCall,
} from '../schema.ts';
export type {
  Choice,
  Interval,
  PairComparison,
  PreferenceSummary,
  RatingSummary,
  ResampleOptions,
  Spread,
  Vote,
} from '../stats/index.ts';
export type { StyleSummary } from '../text/index.ts';
export { ASPECTS, type Aspect, type Conclusion } from './conclusion.ts';
export type { Conduct, ConductShares } from './conduct.ts';
export type { Content } from './content.ts';
export {
  type EstimateName,
  FAIL_ESTIMATES,
  type FailRule,
  failuresOf,
  parseFailRule,
  type RuleFailure,
} from './fail-rule.ts';
export { reportHtml } from './html/report-html.ts';
export type {
  BenchmarkComparison,
  Knowledge,
  RefusedComparison,
} from './knowledge.ts';
export type { CategoryOverlap, DifferingAnswer, LargestDifferences } from './largest-differences.ts';
export type { BenchmarkFolders } from './load-benchmarks.ts';
export { loadReport } from './load-report.ts';
export type { SideSources } from './load-sides.ts';
export { LABELS, type Label, type Placement, placeOnScale, type ScaledValues } from './place-on-scale.ts';
export type { PreferenceSection, RaterAgreement, StudentPreference } from './preference.ts';
export { report } from './report.ts';
export type { ComparedSide, LeftOut, Report, StudentReport } from './report-document.ts';
export type { ReadingOptions, ReportOptions } from './report-options.ts';
export { reportText } from './report-text.ts';
export type { RunCost } from './run-cost.ts';
export type { Style } from './style.ts';
export type { StyleMeasure, StyleParts } from './style-parts.ts';
export type { OverlappingPrompt, TrainingOverlap } from './training-overlap.ts';
