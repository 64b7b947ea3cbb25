export type {
  Annotation,
  AnswerColumn,
  ChatMessage,
  ComparedAnswer,
  Comparison,
  ComparisonItem,
  Dialogue,
  Duplicate,
  Evidence,
  Failure,
  FailureKind,
  Generation,
  Prompt,
  PromptTurn,
  Rating,
  RatingTask,
  Reveal,
  SentenceLabel,
  ToolCall,
  Truth,
  Unmatched,
} from '../schema.ts';
export {
  type ActiveAnnotation,
  type Annotations,
  activeAnnotations,
  parseAnnotationLines,
  parseAnnotations,
} from './annotations.ts';
export { type Answers, answersOf, modelsOf, type ReadOptions, type SourceContent } from './answers.ts';
export { type DecodedText, decodeText } from './decode-text.ts';
export { firstQuery, parseDialogues } from './dialogues.ts';
export type {
  Entry,
  EntryAnswer,
  EntryPrompt,
  EntryRating,
  FileFormat,
  RowReader,
} from './file-format.ts';
export type { FileKind } from './file-kind.ts';
export { parsePandaLm } from './formats/pandalm.ts';
export { FORMATS } from './formats.ts';
export { type HaluEval, parseHaluEval, type UnplacedSpan } from './halu-eval.ts';
export { type JoinColumn, type Joined, type JoinedItem, joinAnswers } from './join.ts';
export type { Records } from './json-records.ts';
export { nameReviews, type ReviewedAnswers } from './name-reviews.ts';
export {
  answersFromRows,
  detectFormat,
  parseAnswers,
  parseSource,
  requireAnswers,
  sourceFromRows,
} from './parse-answers.ts';
export { isArrow, parseArrow } from './parse-arrow.ts';
export { checkComparison, comparisonOf, parseComparison } from './parse-comparison.ts';
export { parseCsv } from './parse-csv.ts';
export { type ParsedDocument, parseDocument } from './parse-document.ts';
export { parseJsonl } from './parse-jsonl.ts';
export { isParquet, parseParquet } from './parse-parquet.ts';
export { parseQueries, type QueryRow } from './queries.ts';
export { readBytes } from './read-bytes.ts';
export { ReadError, type ReadProblem, type SkippedRow, shown } from './read-error.ts';
export { readSource } from './read-source.ts';
export {
  type PairForm,
  type PairReplyOptions,
  parsePairReply,
} from './replies/parse-pair-reply.ts';
export { parseRating } from './replies/parse-rating.ts';
export { DEFAULT_SCALE, type Scale, type ScorePair } from './replies/score.ts';
export {
  type Judgements,
  parseAnswerOwners,
  parseJudgements,
  parseReviews,
  type Review,
  withOwners,
} from './reviews.ts';
export type { Row } from './row.ts';
export { idOf, isRecord, rowOf, textOf } from './row.ts';
export { schemaError } from './schema-error.ts';
export type { SingleReview } from './single-reviews.ts';
export { describeSource, type SourceReport } from './source-report.ts';
export { stringifyComparison, stringifyComparisonLines } from './stringify-comparison.ts';
export { type Columns, parseColumns } from './table/columns.ts';
