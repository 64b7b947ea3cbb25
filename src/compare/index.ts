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
export type { AnswerWords, BareAnswer } from '../conversation/index.ts';
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
export type {
  Annotations,
  Answers,
  Columns,
  FileKind,
  ReadOptions,
  Review,
  Scale,
  SingleReview,
  SkippedRow,
  SourceReport,
  UnplacedSpan,
} from '../readers/index.ts';
export type { OnProgress, Progress } from '../runs/index.ts';
export type {
  AnswerColumn,
  ChatMessage,
  ComparedAnswer,
  Comparison,
  ComparisonItem,
  Duplicate,
  Estimate,
  Evidence,
  Failure,
  FailureKind,
  Generation,
  Preference,
  Prompt,
  PromptTurn,
  Rating,
  RatingTask,
  SentenceLabel,
  ToolCall,
  Truth,
  Unmatched,
} from '../schema.ts';
export type { BootstrapOptions, Interval, ResampleOptions } from '../stats/index.ts';
export type { StyleSummary } from '../text/index.ts';
export { answersTable } from './answers-table.ts';
export { type AssembleOptions, assemble } from './assemble.ts';
export type { LabelInput } from './attach-labels.ts';
export { type Labelled, type LabelledAnswers, loadColumns } from './columns.ts';
export { type CompareOptions, type ComparisonSources, compare } from './compare.ts';
export {
  type CompareStyleOptions,
  type CutWords,
  compareStyle,
  cutWords,
  type StyleComparison,
} from './compare-style.ts';
export { comparedGenerations } from './compared-generations.ts';
export {
  type ComparisonBundle,
  comparisonBundle,
  comparisonSummary,
  displayed,
} from './comparison-bundle.ts';
export { comparisonHtml } from './comparison-html.ts';
export { type ErrorRate, type ErrorRateValue, errorRates } from './error-rates.ts';
export { type HaluEvalComparison, haluEvalComparison } from './halu-eval-comparison.ts';
export type { JudgeOptions, JudgeOutcome } from './judge/ask-judge.ts';
export {
  type JudgedAnswer,
  type JudgedPrompt,
  type JudgeItem,
  type JudgePair,
  pairsOf,
} from './judge/judge-calls.ts';
export { type Judgement, judgeAnswers, judgePairs } from './judge/judge-pairs.ts';
export type { JudgedTurn, PromptType } from './judge/judge-places.ts';
export {
  type JudgePrompt,
  loadJudgePrompts,
  parseJudgePrompts,
  type ReplyForm,
} from './judge/judge-prompts.ts';
export { type AskedJudge, type JudgedQuestion, judgeQuestion } from './judge/judge-question.ts';
export {
  type LengthAdjusted,
  type LengthPair,
  lengthAdjusted,
} from './judge/length-adjusted.ts';
export { lengthPairs } from './judge/length-pairs.ts';
export { type LoadedReviews, type LoadReviewsOptions, loadReviews } from './judge/load-reviews.ts';
export { type ModelRating, modelRatings } from './judge/model-ratings.ts';
export { type PositionBias, positionBias } from './judge/position-bias.ts';
export { preferencesOf } from './judge/preferences-of.ts';
export { loadAnnotations } from './load-annotations.ts';
export { type LoadedRatings, type LoadRatingsOptions, loadRatings } from './load-ratings.ts';
export { pickItems } from './pick-items.ts';
export {
  type CountRefusalsOptions,
  countRefusals,
  type RefusalCount,
} from './refusals/count-refusals.ts';
export { type JudgeRefusalsOptions, judgeRefusals, REFUSAL_PROMPT } from './refusals/judge-refusals.ts';
export {
  type LabelledRefusals,
  loadLabelledRefusals,
  type RefusalAgreement,
  refusalAgreement,
} from './refusals/refusal-agreement.ts';
export {
  type RefusalOptions,
  type RefusalVerdict,
  refusalVerdicts,
} from './refusals/refusal-verdicts.ts';
export { type RelativeScore, relativeScore } from './relative-score.ts';
export { saveComparison } from './save-comparison.ts';
export { sentenceTable } from './sentence-table.ts';
export {
  type Battle,
  type BattleSide,
  type Battles,
  ratingBattles,
  reviewBattles,
} from './style-control/battle.ts';
export type { ValueInterval } from './style-control/resampled-fits.ts';
export {
  type StyleControl,
  type StyleControlledModel,
  type StyleControlOptions,
  styleControl,
} from './style-control/style-control.ts';
export type { StyleFeature } from './style-control/style-design.ts';
export { uniqueIds } from './unique-ids.ts';
