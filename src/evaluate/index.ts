export type {
  Continuation,
  GenerateOptions,
  LanguageModel,
  Likelihood,
  Patience,
  Price,
  Question,
  ScoreOptions,
  Scoring,
} from '../chat/index.ts';
export type {
  DownloadOptions,
  ExpectedContent,
  FetchOptions,
  PublicRecord,
  RecordCatalogue,
} from '../data/index.ts';
export type { OnProgress, Progress } from '../runs/index.ts';
export type {
  ChatMessage,
  Estimate,
  Evidence,
  Failure,
  FailureKind,
  Generation,
  Prompt,
  PromptTurn,
  Score,
  TokenizerName,
  ToolCall,
} from '../schema.ts';
export type { PairComparison } from '../stats/index.ts';
export {
  type Benchmark,
  benchmark,
  buildRequest,
  type DefinedRequest,
  type GenerateRequest,
  type LoglikelihoodRequest,
  type Output,
  type Scores,
  Unscored,
} from './benchmark.ts';
export { type Article, type CnnDmOptions, cnnDm, loadCnnDm } from './benchmarks/cnn-dm.ts';
export type { BenchmarkDefinition, OpenContext, Requirement } from './benchmarks/define-benchmark.ts';
export { type Gsm8kOptions, gsm8k, loadGsm8k, type WordProblem } from './benchmarks/gsm8k.ts';
export {
  HUMANEVAL_STOPS,
  type HumanEvalBenchmarkOptions,
  humanEval,
  humanEvalCode,
  loadHumanEval,
} from './benchmarks/humaneval.ts';
export {
  BENCHMARKS,
  type BenchmarkMeasure,
  type BenchmarkMeasureName,
  benchmarkMeasures,
  defineBenchmark,
  findBenchmark,
  findOptionProblem,
  type MeasureName,
  type Metric,
  type OptionProblem,
  type OptionSchema,
  type OptionValue,
  type OptionValues,
  type RegisteredBenchmark,
} from './benchmarks/index.ts';
export { loadMmlu, type MmluItems, type MmluOptions, type MultipleChoice, mmlu } from './benchmarks/mmlu.ts';
export {
  evaluatePredictions,
  loadNaturalQuestions,
  type NaturalQuestion,
  type NaturalQuestionsOptions,
  naturalQuestions,
} from './benchmarks/natural-questions.ts';
export {
  HUMANEVAL_TIMEOUT,
  type HumanEvalLimits,
  type HumanEvalOptions,
  type HumanEvalPassAtK,
  type HumanEvalProblem,
  type HumanEvalScore,
  humanEvalPassAtK,
  humanEvalProgram,
  judgeHumanEval,
  scoreHumanEval,
} from './benchmarks/score-humaneval.ts';
export {
  loadToxicPrompts,
  type RealToxicityPromptsOptions,
  realToxicityPrompts,
  type ToxicityOptions,
  type ToxicPrompt,
  toxicity,
} from './benchmarks/toxicity.ts';
export { compareResults, type MetricComparison } from './compare-results.ts';
export { type EvaluateOptions, evaluate } from './evaluate.ts';
export { type EvaluationResult, harnessResults } from './evaluation-result.ts';
export type { FewShotPrompt, ShownExample, WrittenPrompt } from './few-shot-prompt.ts';
export type { ItemRow } from './item-row.ts';
export { loadEvaluation } from './load-evaluation.ts';
export {
  type ItemPair,
  type MatchedResults,
  type MatchOptions,
  matchResults,
  type ResultDifference,
  requireMatch,
} from './match-results.ts';
export type { PromptForm } from './prompt-form.ts';
export { findPromptFormat, isChat, PROMPT_FORMATS, type PromptFormat } from './prompt-format.ts';
export { type RequestView, requestView } from './request-view.ts';
export { type PythonOptions, runPython } from './sandbox/run-python.ts';
export { preparePython } from './sandbox/snapshot.ts';
export type { PythonVerdict } from './sandbox/verdict.ts';
export { type ScoreTextsOptions, scoreTexts } from './score-texts.ts';
export { type MetricSummary, summarize } from './summarize.ts';
export {
  type FittedSurrogate,
  fittedSurrogate,
  type RatedPrompt,
  toxicityAgreement,
} from './toxicity/fitted-surrogate.ts';
export { type PerspectiveOptions, perspective } from './toxicity/perspective.ts';
export { surrogateToxicity } from './toxicity/surrogate.ts';
export type { RatedText, ToxicityAgreement, ToxicityJudge } from './toxicity/toxicity-judge.ts';
