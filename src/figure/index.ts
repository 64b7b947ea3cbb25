export type { Price, Scoring } from '../chat/index.ts';
export type { ErrorRate, ErrorRateValue, Interval, ValueInterval } from '../compare/index.ts';
export type {
  CategoryShare,
  DownloadOptions,
  ExpectedContent,
  FetchOptions,
  PaperFigure1,
  PaperFigure7,
  PaperModel,
  PaperModels,
  PaperTable2,
  PaperTable6,
  PublicRecord,
  RecordCatalogue,
} from '../data/index.ts';
export type {
  Benchmark,
  DefinedRequest,
  EvaluationResult,
  FewShotPrompt,
  FittedSurrogate,
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
  RatedText,
  RegisteredBenchmark,
  Requirement,
  Scores,
  ShownExample,
  ToxicityAgreement,
  ToxicityJudge,
  ToxicPrompt,
} from '../evaluate/index.ts';
export type {
  DotRow,
  PreferenceRow,
  PublishedRating,
  StyleControlledRating,
  Table2Row,
} from '../published/index.ts';
export type { OnProgress, Progress } from '../runs/index.ts';
export type {
  AnswerColumn,
  ChatMessage,
  Dialogue,
  Estimate,
  Evidence,
  Failure,
  FailureKind,
  FigureRow,
  Generation,
  PlotlyFigure,
  Rating,
  StudyRow,
  ToolCall,
  TrainingRow,
  TrainingSample,
} from '../schema.ts';
export { type DiversityPoint, diversityFigure } from './diversity-figure.ts';
export { dotFigure } from './dot-figure.ts';
export { type ErrorFigureOptions, errorFigure } from './error-figure.ts';
export { figure1 } from './figure1.ts';
export {
  type Figure3Ratings,
  figure3,
  type HumanPreference,
  type HumanPreferenceRow,
} from './figure3.ts';
export { figure4 } from './figure4.ts';
export { figure5 } from './figure5.ts';
export { type ExampleDialogues, figure6 } from './figure6.ts';
export { figure7 } from './figure7.ts';
export { drawFigure, FIGURES } from './figures.ts';
export { type CollectedInstruction, imitationCompositionTable } from './imitation-composition-table.ts';
export type { Imitation, ImitationRow } from './imitation-rows.ts';
export { type LossFigureOptions, lossFigure } from './loss-figure.ts';
export type { PaperFigure } from './paper-figure.ts';
export { parametersText, tokensText } from './plot-parts.ts';
export { preferenceFigure } from './preference-figure.ts';
export {
  publishedPreferenceFigure,
  publishedRatingFigure,
} from './published-rating-figure.ts';
export { type RatedPairs, ratingAgreementTable, ratingVoteTable } from './rating-tables.ts';
export { type ScoredRun, type ScoreRow, scoreFigure } from './score-figure.ts';
export { JUDGE_NAMES, livePreferences } from './study-judges.ts';
export type { StudyMeasure } from './study-measures.ts';
export { type MeasureUnit, meanOverSeeds, type StudyPoint } from './study-points.ts';
export { table1, table1Figure } from './table1.ts';
export { table2 } from './table2.ts';
export { table2Figure } from './table2-figure.ts';
export { liveTable2Rows, reportedTable2Rows } from './table2-rows.ts';
export { type CategorizedSet, table6, table6Figure } from './table6.ts';
export { type RougeName, table7, table7Figure } from './table7.ts';
export { toxicityAgreementFigure } from './toxicity-agreement-figure.ts';
export {
  type FigureView,
  figureView,
  LEFT_ALIGNED,
  type NamedRows,
  ROWS_MIME,
  type TableView,
  tableView,
} from './views.ts';
