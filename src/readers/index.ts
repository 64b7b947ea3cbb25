export {
  type Annotations,
  parseAnnotations,
  readAnnotations,
  type StandingAnnotation,
  standingAnnotations,
} from './annotations.ts';
export { type Answers, answersOf, modelsOf, type ReadOptions } from './answers.ts';
export { firstQuery, readDialogues } from './dialogues.ts';
export { FORMATS } from './formats.ts';
export { type HaluEval, readHaluEval, type UnplacedSpan } from './halu-eval.ts';
export { type JoinColumn, type Joined, type JoinedItem, joinAnswers } from './join.ts';
export { readPandaLm } from './pandalm.ts';
export { parseCsv } from './parse-csv.ts';
export { parseDocument } from './parse-document.ts';
export { parseJsonl } from './parse-jsonl.ts';
export { isParquet, parseParquet } from './parse-parquet.ts';
export { type QueryRow, readQueries } from './queries.ts';
export { answersFromRows, detectFormat, readAnswers } from './read-answers.ts';
export { readComparison, validComparison } from './read-comparison.ts';
export { ReadError, type ReadProblem, shown } from './read-error.ts';
export {
  parseScores,
  parseScoreTuple,
  type Review,
  readAnswerOwners,
  readReviews,
  withOwners,
} from './reviews.ts';
export type { Row } from './row.ts';
export { idOf, isRecord, rowOf, textOf } from './row.ts';
export { schemaError } from './schema-error.ts';
export { comparisonLines, writeComparison } from './write-comparison.ts';
